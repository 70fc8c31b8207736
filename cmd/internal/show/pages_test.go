package show

import (
	"fmt"
	"strings"
)

// A story is the words of a made-up page.
type story struct {
	lang, site, title, standfirst, by, caption string
	nav, related, share                        []string
	paragraphs                                 []string
}

// page writes the story as a content system does, with its navigation above it
// and other stories below.
func (s *story) page() string {
	var b strings.Builder
	dir := "ltr"
	if s.lang == "he" || s.lang == "ar" {
		dir = "rtl"
	}
	fmt.Fprintf(&b, `<!doctype html><html lang="%s" dir="%s"><head><title>%s | %s</title><meta property="og:type" content="article"><meta property="og:site_name" content="%s">`, s.lang, dir, s.title, s.site, s.site)
	b.WriteString(`<link rel="canonical" href="https://quay.example/2026/03/tide-tables-for-the-year-are-out-and-they-are-yellow-this-time"></head><body><header class="site-header"><nav>`)
	for range 18 {
		for k, w := range s.nav {
			fmt.Fprintf(&b, `<div><a href="/%d">%s</a></div>`, k, w)
		}
	}
	fmt.Fprintf(&b, `</nav></header><article><h1>%s</h1><p class="standfirst">%s</p><div class="byline"><a rel="author" href="/staff/1">%s</a> <time datetime="2026-03-04T09:30:00+02:00">2026-03-04</time></div><div class="share">`, s.title, s.standfirst, s.by)
	for _, w := range s.share {
		fmt.Fprintf(&b, `<a href="/share">%s</a> `, w)
	}
	fmt.Fprintf(&b, `</div><figure><img src="/pics/quay.jpg" alt="%s" width="1200" height="800"><figcaption>%s</figcaption></figure>`, s.standfirst, s.caption)
	for k, p := range s.paragraphs {
		fmt.Fprintf(&b, "<p>%s</p>", p)
		if k == 1 {
			b.WriteString(`<div class="newsletter-box"><p>` + s.share[0] + `</p></div>`)
		}
	}
	b.WriteString(`</article><aside class="related-stories">`)
	for k, w := range s.related {
		fmt.Fprintf(&b, `<div class="teaser"><a href="/r%d">%s</a></div>`, k, w)
	}
	fmt.Fprintf(&b, `</aside><footer>© %s</footer></body></html>`, s.site)
	return b.String()
}

var stories = map[string]*story{
	"latin": {
		lang: "en", site: "The Quay Post", title: "Tide tables for the year are out, and this time the harbour office has printed them on yellow paper",
		standfirst: "Six hundred copies went on sale on Monday. For forty years they had been green, which nobody could read by the light of a lamp.",
		by:         "Mara Lindqvist", caption: "The tables at the harbour office, on Monday morning. Photo: Ondrej Falk",
		nav: []string{"Home", "Harbour", "Weather", "Sport", "Islands", "Culture", "Letters", "Tables", "About us", "Jobs"}, share: []string{"Share this article", "Copy link", "Print"},
		related: []string{"Ferry fares go up again in the spring", "Gull takes a whole loaf from the bakery", "Bridge closed for the winter", "Night ferry returns"},
		paragraphs: []string{
			"The tide tables for the coming year are on sale at the harbour office from Monday, and for the first time they are yellow.",
			"For forty years they had been green, a colour that nobody could tell from grey in the light of a lamp on deck, the harbour board said in a letter to its members.",
			"The office has printed six hundred of them, a third more than last year, when the last one was sold in February and a copy changed hands for nine times its price.",
			"“People wrote their shopping lists on the green ones,” said the harbour master, who is said to be glad of the change, and who keeps the first table of 1931 behind glass.",
			"A second edition, with larger figures, will follow in the autumn if the paper lasts, and the board has promised that it will be yellow as well.",
		},
	},
	"japanese": {
		lang: "ja", site: "港町新聞", title: "来年の潮汐表が発売、今年は黄色い紙に印刷", standfirst: "港湾事務所は月曜日から六百部を販売する。四十年間使われてきた緑色の紙は、ランプの明かりでは読みにくかった。",
		by: "佐藤美咲", caption: "月曜日の朝、港湾事務所に並ぶ潮汐表。撮影・田中一郎",
		nav: []string{"ホーム", "港", "天気", "スポーツ", "離島", "文化", "投書", "潮汐表", "会社案内", "採用"}, share: []string{"この記事をシェア", "リンクをコピー", "印刷"},
		related: []string{"春からフェリー運賃が再び値上げへ", "カモメがパン屋から食パンを丸ごと持ち去る", "冬の間、橋は通行止めに", "夜行フェリーが復活"},
		paragraphs: []string{
			"来年の潮汐表が月曜日から港湾事務所で発売される。表紙も本文も、初めて黄色い紙に印刷された。",
			"四十年のあいだ潮汐表は緑色だったが、甲板のランプの明かりでは灰色と見分けがつかなかったと、港湾委員会は会員への手紙で説明している。",
			"事務所は今年、昨年より三分の一多い六百部を印刷した。昨年は二月に最後の一部が売れ、その後は定価の九倍で取引されたこともあったという。",
			"「緑の表には買い物のメモを書く人が多かった」と港長は話す。港長は一九三一年の最初の潮汐表を今もガラスの箱に入れて保管している。",
			"紙が足りれば、秋には数字を大きくした第二版も出る予定で、委員会はそれも黄色い紙にすると約束した。",
		},
	},
	"arabic": {
		lang: "ar", site: "بريد الميناء", title: "صدور جداول المد والجزر للعام المقبل على ورق أصفر هذه المرة", standfirst: "طُرحت ستمئة نسخة للبيع يوم الاثنين، وكانت الجداول خضراء طوال أربعين عامًا ولم يكن أحد يستطيع قراءتها على ضوء المصباح.",
		by: "ليلى حداد", caption: "الجداول في مكتب الميناء صباح الاثنين. تصوير: سامي نجار",
		nav: []string{"الرئيسية", "الميناء", "الطقس", "الرياضة", "الجزر", "الثقافة", "الرسائل", "الجداول", "من نحن", "وظائف"}, share: []string{"شارك هذا المقال", "نسخ الرابط", "طباعة"},
		related: []string{"ارتفاع أسعار العبارات مجددًا في الربيع", "نورس يخطف رغيفًا كاملًا من المخبز", "إغلاق الجسر طوال الشتاء", "عودة العبارة الليلية"},
		paragraphs: []string{
			"تُباع جداول المد والجزر للعام المقبل في مكتب الميناء ابتداءً من يوم الاثنين، وهي للمرة الأولى مطبوعة على ورق أصفر.",
			"وقال مجلس الميناء في رسالة إلى أعضائه إن الجداول ظلت خضراء أربعين عامًا، وهو لون لا يمكن تمييزه عن الرمادي على ضوء مصباح السفينة.",
			"وطبع المكتب ستمئة نسخة هذا العام، أي بزيادة الثلث عن العام الماضي حين بيعت آخر نسخة في شهر فبراير ثم بيعت نسخة مستعملة بتسعة أضعاف ثمنها.",
			"وقال مدير الميناء إن الناس كانوا يكتبون قوائم مشترياتهم على الجداول الخضراء، وهو يحتفظ بأول جدول صدر عام 1931 خلف الزجاج.",
			"وستصدر طبعة ثانية بأرقام أكبر في الخريف إذا بقي ما يكفي من الورق، ووعد المجلس بأن تكون صفراء أيضًا.",
		},
	},
}
