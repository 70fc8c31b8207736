package clean
import ("testing";"syscall";"runtime")
func cpu() float64 { var r syscall.Rusage; syscall.Getrusage(syscall.RUSAGE_THREAD,&r); return float64(r.Utime.Nano()+r.Stime.Nano()) }
func BenchmarkReadPicturesX(b *testing.B){
 var ts []*tree; var src [][]byte
 for _,p:=range readCorpus(b,"dev-fundus"){ page,_:=Parse(Input{URL:p.url,HTML:p.html}); ts=append(ts,newTree(page)); src=append(src,p.html) }
 b.Run("pics",func(b *testing.B){ b.ReportAllocs(); runtime.LockOSThread()
 c:=cpu(); for i:=0;i<b.N;i++ { readPictures(ts[i%len(ts)]) }; b.ReportMetric((cpu()-c)/float64(b.N),"cpu-ns/op") })
 b.Run("parse",func(b *testing.B){ b.ReportAllocs(); runtime.LockOSThread()
 c:=cpu(); for i:=0;i<b.N;i++ { Parse(Input{HTML:src[i%len(src)]}) } ; b.ReportMetric((cpu()-c)/float64(b.N),"cpu-ns/op")})
 b.Run("parsetree",func(b *testing.B){ b.ReportAllocs(); runtime.LockOSThread()
 for i:=0;i<b.N;i++ { p,_:=Parse(Input{HTML:src[i%len(src)]});newTree(p) } })
 b.Run("parsetreepics",func(b *testing.B){ b.ReportAllocs(); runtime.LockOSThread()
 for i:=0;i<b.N;i++ { p,_:=Parse(Input{HTML:src[i%len(src)]});readPictures(newTree(p)) } })
}
