package clean
import "testing"
func BenchmarkReadPicturesX(b *testing.B){
 var ts []*tree
 for _,p:=range readCorpus(b,"dev-fundus"){ page,_:=Parse(Input{URL:p.url,HTML:p.html}); ts=append(ts,newTree(page)) }
 b.ReportAllocs(); b.ResetTimer()
 for i:=0;i<b.N;i++ { readPictures(ts[i%len(ts)]) }
}
