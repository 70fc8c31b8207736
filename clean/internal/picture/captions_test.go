package picture

import (
	"strings"
	"testing"

	"newsclip/clean/internal/page"
	"newsclip/clean/internal/pagetest"
)

const bridgeImage = `<img src="/bridge.jpg" width="800" height="600">`

// captionTests are boxes of one picture with what their words are.
var captionTests = []struct{ name, box, caption, credit string }{
	{"elements of their own", `<figure>` + bridgeImage + `<figcaption><span class="caption">The bridge at dawn.</span> <span class="credit">Ann Doe/AP</span></figcaption></figure>`, "The bridge at dawn.", "Ann Doe/AP"},
	{"BEM class", `<figure>` + bridgeImage + `<figcaption class="figcaption"><span class="figcaption__caption">The bridge at dawn.</span><span class="figcaption__credit">Northshore</span></figcaption></figure>`, "The bridge at dawn.", "Northshore"},
	{"itemprop", `<figure>` + bridgeImage + `<figcaption>The bridge at dawn. <span itemprop="copyrightHolder">Ann Doe</span></figcaption></figure>`, "The bridge at dawn.", "Ann Doe"},
	{"label and colon", `<figure>` + bridgeImage + `<figcaption>Die Brücke am Morgen. Foto: Anna Muster/dpa</figcaption></figure>`, "Die Brücke am Morgen.", "Anna Muster/dpa"},
	{"label alone", `<figure>` + bridgeImage + `<figcaption>Bild: Anna Muster</figcaption></figure>`, "", "Anna Muster"},
	{"a label behind a slash, Catalan", `<figure>` + bridgeImage + `<figcaption>El pont a l'alba, vist des del moll/ Foto Marta P. Vidal Roca</figcaption></figure>`, "El pont a l'alba, vist des del moll", "Marta P. Vidal Roca"},
	{"a copyright sign between two boxes", `<figure>` + bridgeImage + `<div class="caption_text">El pont a l'alba, vist des del moll</div><div class="caption_row">© <span class="caption_copyright">Marta Vidal</span></div></figure>`, "El pont a l'alba, vist des del moll", "Marta Vidal"},
	{"a caption in a box for credits, Slovak", `<figure>` + bridgeImage + `<small class="photoSource"><span>Starý most na úsvite, z nábrežia</span><span>Zdroj: TASR, foto: Ján Novák</span></small></figure>`, "Starý most na úsvite, z nábrežia", "TASR, foto: Ján Novák"},
	{"what screens are told before source and caption, Azerbaijani", `<figure class="k1x"><div class="k2x">` + bridgeImage + `<p class="k3x"><span class="k4x">Şəklin mənbəyi, </span>Getty Images</p></div><figcaption class="k5x"><span class="k4x">Şəklin alt yazısı, </span><p>Köhnə körpü səhər çağı</p></figcaption></figure>`, "Köhnə körpü səhər çağı", "Getty Images"},
	{"the same in one line, Bengali", `<figure>` + bridgeImage + `<figcaption>ভোরের পুরোনো সেতু ছবির উৎস, Getty Images</figcaption></figure>`, "ভোরের পুরোনো সেতু", "Getty Images"},
	{"the same, written at the name, Urdu", `<figure>` + bridgeImage + `<figcaption>صبح کا پرانا پل تصویر کا ذریعہ،Getty Images</figcaption></figure>`, "صبح کا پرانا پل", "Getty Images"},
	{"a comma that is no sign of it", `<figure>` + bridgeImage + `<figcaption>The picture of the bridge. Photo, pen and paper at dawn</figcaption></figure>`, "The picture of the bridge. Photo, pen and paper at dawn", ""},
	{"a short name behind a bar, Occitan", `<figure>` + bridgeImage + `<figcaption>Lo pont vièlh a l'alba | AFP</figcaption></figure>`, "Lo pont vièlh a l'alba", "AFP"},
	{"a short name that no table has", `<figure>` + bridgeImage + `<figcaption>Gamla bron i gryningen vid kajen | NVT</figcaption></figure>`, "Gamla bron i gryningen vid kajen", "NVT"},
	{"a label in a script without capitals, Armenian", `<figure>` + bridgeImage + `<figcaption>Հին կամուրջը առավոտյան Լուսանկարը՝ Արամ Պետրոսյան</figcaption></figure>`, "Հին կամուրջը առավոտյան", "Արամ Պետրոսյան"},
	{"a label in a script without capitals, Thai", `<figure>` + bridgeImage + `<figcaption>สะพานเก่ายามเช้า / ภาพโดย สมชาย ใจดี</figcaption></figure>`, "สะพานเก่ายามเช้า", "สมชาย ใจดี"},
	{"a label whose letters Unicode calls small, Georgian", `<figure>` + bridgeImage + `<figcaption>ძველი ხიდი დილით ფოტო: ნინო ბერიძე</figcaption></figure>`, "ძველი ხიდი დილით", "ნინო ბერიძე"},
	{"a button amid a caption", `<figure>` + bridgeImage + `<figcaption><p>The old bridge at dawn, seen from the quay of <span class="plus">... [+]</span><span>the ferry. (Photo by: Ann Doe/Pool via Getty Images)</span></p><small>Pool via Getty Images</small></figcaption></figure>`, "The old bridge at dawn, seen from the quay of the ferry.", "Ann Doe/Pool via Getty Images"},
	{"a button before a caption, German", `<figure>` + bridgeImage + `<div class="description"><a href="/bridge.jpg"><strong>Vergrößern</strong></a> <strong>Die Brücke am Morgen</strong></div></figure>`, "Die Brücke am Morgen", ""},
	{"the article's head over its picture, Danish", `<div class="top"><figure>` + bridgeImage + `</figure><figcaption><small>31. januar</small><h1>Broen åbner igen</h1><p>Efter nitten måneder sejler færgen fra den gamle kaj.</p></figcaption></div>`, "", ""},
	{"an offer to buy", `<figure>` + bridgeImage + `<figcaption><span>The bridge at dawn</span> <a href="/buy">Buy Photo</a></figcaption></figure>`, "The bridge at dawn", ""},
	{"a button before the caption, Italian", `<figure>` + bridgeImage + `<figcaption><a href="#">Mostra didascalia</a> <span>Il ponte all'alba.</span></figcaption></figure>`, "Il ponte all'alba.", ""},
	{"a label that is written at the caption, Korean", `<figure>` + bridgeImage + `<figcaption>사진설명새벽의 오래된 다리</figcaption></figure>`, "새벽의 오래된 다리", ""},
	{"a word that begins with such a label's letters, Korean", `<figure>` + bridgeImage + `<figcaption>사진설치 작가의 다리</figcaption></figure>`, "사진설치 작가의 다리", ""},
	{"a caption in a box of its own", `<div class="lead">` + bridgeImage + `</div> <div class="lead-caption">The bridge at dawn. (Photo: Ann Doe)</div>`, "The bridge at dawn.", "Ann Doe"},
	{"a caption in a box of its own, Arabic", `<div>` + bridgeImage + `</div><p class="caption">الجسر عند الفجر (تصوير: أحمد علي)</p>`, "الجسر عند الفجر", "أحمد علي"},
	{"words amid paragraphs", `<div><div class="q"><a href="/large.jpg">` + bridgeImage + `</a><span>The bridge at dawn, seen from the ferry.</span></div></div>`, "The bridge at dawn, seen from the ferry.", ""},
	{"a sign that points up, Korean", `<p>` + bridgeImage + `</p><p>▲ 새벽의 오래된 다리</p>`, "새벽의 오래된 다리", ""},
	{"a sign that points up, in boxes", `<div>` + bridgeImage + `</div><div><span>↑ The bridge at dawn, seen from the ferry</span></div>`, "The bridge at dawn, seen from the ferry", ""},
	{"a sign that is all of a line", `<p>` + bridgeImage + `</p><p>▲</p>`, "", ""},
	{"small print under a picture, Polish", `<p>` + bridgeImage + `</p><p><small>Stary most o świcie, widziany z promu.</small></p>`, "Stary most o świcie, widziany z promu.", ""},
	{"small print in the picture's paragraph", `<p>` + bridgeImage + `<small>The bridge at dawn, seen from the ferry.</small></p>`, "The bridge at dawn, seen from the ferry.", ""},
	{"small print in brackets", `<p>` + bridgeImage + `</p><p><small>(a click shows the whole picture)</small></p>`, "", ""},
	{"small print in part", `<p>` + bridgeImage + `</p><p>The bridge was closed. <small>Nobody was on it at dawn.</small></p>`, "", ""},
	{"a heading of the last level, Hungarian", `<div class="img">` + bridgeImage + `<h6>A régi híd hajnalban</h6></div>`, "A régi híd hajnalban", ""},
	{"a heading, Hungarian", `<div class="img">` + bridgeImage + `<h3>A régi híd hajnalban</h3></div>`, "", ""},
	{"the word of a class, Turkish", `<div><p>` + bridgeImage + `</p><p class="resim-alti">Şafakta eski köprü</p></div>`, "Şafakta eski köprü", ""},
	{"words amid paragraphs, Greek", `<div><div>` + bridgeImage + `</div><div>Η γέφυρα την αυγή, από το πλοίο</div></div>`, "Η γέφυρα την αυγή, από το πλοίο", ""},
	{"a line under a picture in its paragraph", `<p><a href="/large.jpg">` + bridgeImage + `</a> <br> Le pont à l’aube, vu du quai</p>`, "Le pont à l’aube, vu du quai", ""},
	{"a line under a picture in its paragraph, Japanese", `<p><a href="/large.jpg">` + bridgeImage + `</a><br>岸壁から見た朝の古い橋</p>`, "岸壁から見た朝の古い橋", ""},
	{"words beside a picture in its paragraph", `<p><a href="/large.jpg">` + bridgeImage + `</a> Le pont a ouvert mardi.</p>`, "", ""},
	{"a centred line among lines", `Le bac repart lundi, après dix-neuf mois de travaux sur la rive, et les enfants reviennent en bateau.<br><br><center>` + bridgeImage + `<br><i>Le pont à l’aube, vu du quai</i></center><br>La cale est sèche.`, "Le pont à l’aube, vu du quai", ""},
	{"a centred line among lines, Ukrainian", `Річка знову тече між двома берегами.<div align="center">` + bridgeImage + `<br>Міст на світанку, вид з порома.</div>Паром ходитиме щодня з шостої ранку, а в неділю з восьмої, кажуть у міській раді.<br>Квиток дешевий.`, "Міст на світанку, вид з порома.", ""},
	{"a line in a box that floats among lines, Spanish", `El barco zarpa el lunes, tras diecinueve meses de obras en la orilla.<br><div style="float:left;width:240px">` + bridgeImage + `<br>El puente al alba, visto desde el muelle</div>Los niños vuelven en barca, como hace cuarenta años, y el maestro espera en la otra orilla.<br>El muelle está seco.`, "El puente al alba, visto desde el muelle", ""},
	{"a line under a picture with no file", `<p>` + bridgeImage + `<br>Le pont a ouvert mardi.</p>`, "", ""},
	{"a paragraph in a box with a picture", `<div>` + bridgeImage + `<p>The ferry left at nine.</p></div>`, "", ""},
	{"a caption by the class of a definition list", `<dl><dt>` + bridgeImage + `</dt><dt class="spip_doc_titre"><strong>Le pont à l’aube, vu du quai</strong></dt></dl>`, "Le pont à l’aube, vu du quai", ""},
	{"a caption by the class of a description", `<div class="media"><div>` + bridgeImage + `</div><div class="media__description">Мост утром, вид с набережной.</div></div>`, "Мост утром, вид с набережной.", ""},
	{"a centred line", `<p style="text-align: center;">` + bridgeImage + `</p><p style="text-align:center">清晨的老桥，从码头上看</p><p>渡口重新开航。</p>`, "清晨的老桥，从码头上看", ""},
	{"a centred line, German", `<p align="center">` + bridgeImage + `</p><p align="center">Die Brücke am Morgen</p><p>Am Montag fuhr das Schiff.</p>`, "Die Brücke am Morgen", ""},
	{"a centred heading", `<p align="center">` + bridgeImage + `</p><p align="center"><b>Die Brücke am Morgen</b></p><p>Am Montag fuhr das Schiff.</p>`, "", ""},
	{"a centred question", `<p align="center">` + bridgeImage + `</p><p align="center">Wer baut die Brücke?</p><p>Am Montag fuhr das Schiff.</p>`, "", ""},
	{"a centred text", `<p align="center">` + bridgeImage + `</p><p align="center">Die Brücke am Morgen</p><p align="center">Am Montag fuhr das Schiff.</p>`, "", ""},
	{"a caption of something else", `<div>` + bridgeImage + `<p>Where the river ends.</p></div><div class="caption">The ferry at noon.</div>`, "", ""},
	{"a caption behind a paragraph", `<div>` + bridgeImage + `</div><p>Where the river ends, there is a ferry.</p><div class="caption">The ferry at noon.</div>`, "", ""},
	{"label outside the element", `<figure>` + bridgeImage + `<figcaption>Die Brücke am Morgen. Foto: <span class="credit">Anna Muster</span></figcaption></figure>`, "Die Brücke am Morgen.", "Anna Muster"},
	{"brackets and bar", `<figure>` + bridgeImage + `<figcaption>The bridge at dawn. (Photo | Open Archive)</figcaption></figure>`, "The bridge at dawn.", "Open Archive"},
	{"brackets inside", `<figure>` + bridgeImage + `<figcaption>The bridge (Photo: Ann Doe (AP)) at dawn.</figcaption></figure>`, "The bridge at dawn.", "Ann Doe (AP)"},
	{"copyright sign in an element", `<figure>` + bridgeImage + `<figcaption>Die Brücke am Morgen <span class="credit-icon">©</span> Anna Muster</figcaption></figure>`, "Die Brücke am Morgen", "Anna Muster"},
	{"copyright sign in an element, Russian", `<div>` + bridgeImage + `</div><p class="caption">Мост утром, вид с набережной. <i class="copyright">©</i> Иван Петров</p>`, "Мост утром, вид с набережной.", "Иван Петров"},
	{"copyright sign", `<figure>` + bridgeImage + `<figcaption>The bridge at dawn © Ann Doe</figcaption></figure>`, "The bridge at dawn", "Ann Doe"},
	{"the number of a slide, Dutch", `<figure>` + bridgeImage + `<figcaption>2 van 9 | De brug bij zonsopgang</figcaption></figure>`, "De brug bij zonsopgang", ""},
	{"the number of a slide, Swedish", `<figure>` + bridgeImage + `<figcaption>Bild 3 av 12 Bron i gryningen</figcaption></figure>`, "Bron i gryningen", ""},
	{"a number that counts boats", `<figure>` + bridgeImage + `<figcaption>3 of 12 boats at the bridge</figcaption></figure>`, "3 of 12 boats at the bridge", ""},
	{"an agency behind a label in small letters, Italian", `<figure>` + bridgeImage + `<figcaption>Il ponte all'alba (foto Ansa)</figcaption></figure>`, "Il ponte all'alba", "Ansa"},
	{"an element that was escaped", `<figure>` + bridgeImage + `<figcaption>Le pont à l’aube &lt;strong&gt;vu du quai&lt;/strong&gt;</figcaption><small>© &lt;em&gt;Ville de Karrou&lt;/em&gt;</small></figure>`, "Le pont à l’aube vu du quai", "Ville de Karrou"},
	{"an element that was escaped twice", `<figure>` + bridgeImage + `<figcaption>Most o świcie © &amp;lt;i&amp;gt;Anna Nowak&amp;lt;/i&amp;gt;</figcaption></figure>`, "Most o świcie", "Anna Nowak"},
	{"the class of a license, Czech", `<figure>` + bridgeImage + `<figcaption>Most za svítání <span class="img-license">– CC BY 4.0 Anna Malá</span></figcaption></figure>`, "Most za svítání", "CC BY 4.0 Anna Malá"},
	{"the system's word before a caption, Korean", `<div class="thumb">` + bridgeImage + `<span class="caption">사진 확대 새벽의 오래된 다리</span></div>`, "새벽의 오래된 다리", ""},
	{"bar and label", `<figure>` + bridgeImage + `<figcaption>The bridge at dawn | Picture: Ann Doe</figcaption></figure>`, "The bridge at dawn", "Ann Doe"},
	{"label without a sign", `<figure>` + bridgeImage + `<figcaption>The bridge at dawn. Photo by Ann Doe on Unsplash</figcaption></figure>`, "The bridge at dawn.", "Ann Doe on Unsplash"},
	{"agency in brackets", `<figure>` + bridgeImage + `<figcaption>The bridge at dawn. (AP Photo/Ann Doe)</figcaption></figure>`, "The bridge at dawn.", "AP Photo/Ann Doe"},
	{"agency at the tail", `<figure>` + bridgeImage + `<figcaption>The bridge at dawn. Ann Doe/Reuters</figcaption></figure>`, "The bridge at dawn.", "Ann Doe/Reuters"},
	{"a name before a bar", `<figure>` + bridgeImage + `<figcaption>The bridge at dawn. Ann Doe | Getty Images</figcaption></figure>`, "The bridge at dawn.", "Ann Doe | Getty Images"},
	{"a sentence before a bar", `<figure>` + bridgeImage + `<figcaption>The bridge at dawn | Getty Images</figcaption></figure>`, "The bridge at dawn", "Getty Images"},
	{"last short element", `<figure>` + bridgeImage + `<figcaption><p>The bridge at dawn.</p><p>Ann Doe</p></figcaption></figure>`, "The bridge at dawn.", "Ann Doe"},
	{"label in Japanese brackets", `<figure>` + bridgeImage + `<figcaption>朝の橋＝13日（山田太郎撮影）</figcaption></figure>`, "朝の橋＝13日", "山田太郎"},
	{"label in Korean", `<figure>` + bridgeImage + `<figcaption>아침의 다리 [사진 출처 = 연합뉴스]</figcaption></figure>`, "아침의 다리", "연합뉴스"},
	{"label cut short", `<figure>` + bridgeImage + `<figcaption>Most o świcie. Fot. Jan Kowalski</figcaption></figure>`, "Most o świcie.", "Jan Kowalski"},
	{"label in Turkish", `<figure>` + bridgeImage + `<figcaption>Köprü sabahleyin. Fotoğraf: Ayşe Yılmaz</figcaption></figure>`, "Köprü sabahleyin.", "Ayşe Yılmaz"},
	{"label in French", `<figure>` + bridgeImage + `<figcaption>Le pont à l’aube. Crédit photo : Anne Dupont</figcaption></figure>`, "Le pont à l’aube.", "Anne Dupont"},
	{"label in Arabic", `<figure>` + bridgeImage + `<figcaption>الجسر عند الفجر. تصوير: أحمد علي</figcaption></figure>`, "الجسر عند الفجر.", "أحمد علي"},
	{"label in Russian", `<figure>` + bridgeImage + `<figcaption>Мост утром. Фото: Иван Петров</figcaption></figure>`, "Мост утром.", "Иван Петров"},
	{"label in Chinese", `<figure>` + bridgeImage + `<figcaption>清晨的大桥。图片来源：新华社</figcaption></figure>`, "清晨的大桥。", "新华社"},
	{"label and name before the sentence", `<figure>` + bridgeImage + `<figcaption>Photo by Ann Doe: The bridge is closed at dawn.</figcaption></figure>`, "The bridge is closed at dawn.", "Ann Doe"},
	{"label and name before it, German", `<figure>` + bridgeImage + `<figcaption>Foto: Anna Muster. Die Brücke ist am Morgen zu.</figcaption></figure>`, "Die Brücke ist am Morgen zu.", "Anna Muster"},
	{"a name in small print above", `<figure>` + bridgeImage + `<small>Ann Doe</small><figcaption>The bridge at dawn.</figcaption></figure>`, "The bridge at dawn.", "Ann Doe"},
	{"label without a colon", `<figure>` + bridgeImage + `<figcaption>De brug in de ochtend. Beeld Daan Bos</figcaption></figure>`, "De brug in de ochtend.", "Daan Bos"},
	{"the maker behind a sign", `<figure>` + bridgeImage + `<figcaption>朝の古い橋。＝山田太郎撮影</figcaption></figure>`, "朝の古い橋。", "山田太郎"},
	{"who took it, Chinese", `<figure>` + bridgeImage + `<figcaption>清晨的老桥。摄影：王小明</figcaption></figure>`, "清晨的老桥。", "王小明"},
	{"the maker behind a comma", `<figure>` + bridgeImage + `<figcaption>朝の橋＝北浜町、山田太郎撮影</figcaption></figure>`, "朝の橋＝北浜町", "山田太郎"},
	{"a job in Korean", `<figure>` + bridgeImage + `<figcaption>아침의 다리가 보인다. 한겨울 기자</figcaption></figure>`, "아침의 다리가 보인다.", "한겨울 기자"},
	{"names in emphasis at the end", `<figure>` + bridgeImage + `<figcaption>Le pont à l’aube. <em>Anne Dupont / Ouest</em></figcaption></figure>`, "Le pont à l’aube.", "Anne Dupont / Ouest"},
	{"a name in capitals behind a short sentence", `<figure>` + bridgeImage + `<figcaption>El puente. PABLO REY</figcaption></figure>`, "El puente.", "PABLO REY"},
	{"a paper and a name behind a short sentence", `<figure>` + bridgeImage + `<figcaption>Le pont. LP/Anne Dupont</figcaption></figure>`, "Le pont.", "LP/Anne Dupont"},
	{"a place behind a short sentence", `<figure>` + bridgeImage + `<figcaption>Le pont. Port Meridian</figcaption></figure>`, "Le pont. Port Meridian", ""},
	{"a picture from the archive", `<figure>` + bridgeImage + `<figcaption>Die Brücke (Archivfoto: Anna Muster)</figcaption></figure>`, "Die Brücke", "Anna Muster"},
	{"a ship in emphasis", `<figure>` + bridgeImage + `<figcaption>At dawn. <i>The old ferry</i></figcaption></figure>`, "At dawn. The old ferry", ""},
	{"a label behind the name", `<figure>` + bridgeImage + `<figcaption>The bridge at dawn. (Ann Doe photo)</figcaption></figure>`, "The bridge at dawn.", "Ann Doe"},
	{"a label before a name in brackets", `<figure>` + bridgeImage + `<figcaption>The old bridge at dawn (photo Ann Doe)</figcaption></figure>`, "The old bridge at dawn", "Ann Doe"},
	{"a label before a name in brackets, Italian", `<figure>` + bridgeImage + `<figcaption>Il ponte di legno all’alba. <i>(foto Archivio Storico)</i></figcaption></figure>`, "Il ponte di legno all’alba.", "Archivio Storico"},
	{"a label in brackets before other words", `<figure>` + bridgeImage + `<figcaption>Le pont de bois à l’aube (photo prise en hiver)</figcaption></figure>`, "Le pont de bois à l’aube (photo prise en hiver)", ""},
	{"an archive by its name", `<figure>` + bridgeImage + `<figcaption><span>The old bridge at dawn.</span><span>County Archive</span></figcaption></figure>`, "The old bridge at dawn.", "County Archive"},
	{"an archive by its name, German", `<figure>` + bridgeImage + `<figcaption><span>Die alte Brücke am Morgen.</span> <small>Archiv Ann Doe</small></figcaption></figure>`, "Die alte Brücke am Morgen.", "Archiv Ann Doe"},
	{"a remark by itself", `<figure>` + bridgeImage + `<figcaption><span>Die alte Brücke am Morgen.</span> <span>Symbolbild</span></figcaption></figure>`, "Die alte Brücke am Morgen. Symbolbild", ""},
	{"links beside the caption", `<figure>` + bridgeImage + `<figcaption>The old bridge at dawn.</figcaption><a href="/i">View this figure</a><a href="/d">Download</a></figure>`, "The old bridge at dawn.", ""},
	{"links beside the caption, German", `<figure>` + bridgeImage + `<figcaption>Die alte Brücke am Morgen.</figcaption><a href="/i">Bild-Infos</a></figure>`, "Die alte Brücke am Morgen.", ""},
	{"an agency's link beside the caption", `<figure>` + bridgeImage + `<figcaption>The old bridge at dawn.</figcaption><a href="/g">Getty Images</a></figure>`, "The old bridge at dawn.", "Getty Images"},
	{"a labelled link beside the caption", `<figure>` + bridgeImage + `<figcaption>The old bridge at dawn.</figcaption><a href="/g">Photo: Ann Doe</a></figure>`, "The old bridge at dawn.", "Ann Doe"},
	{"a small label before names", `<figure>` + bridgeImage + `<figcaption>Il ponte all’alba (foto Anna De Luca / LaPresse)</figcaption></figure>`, "Il ponte all’alba", "Anna De Luca / LaPresse"},
	{"courtesy behind a sentence", `<figure>` + bridgeImage + `<figcaption>The bridge at dawn. Courtesy of Ann Doe and Len Barr</figcaption></figure>`, "The bridge at dawn.", "Ann Doe and Len Barr"},
	{"courtesy of a work", `<figure>` + bridgeImage + `<figcaption>Ann Doe, Boats, 1930, courtesy of Northshore House, and a later sketch of it.</figcaption></figure>`, "Ann Doe, Boats, 1930, courtesy of Northshore House, and a later sketch of it.", ""},
	{"provided by, Chinese", `<figure>` + bridgeImage + `<figcaption>清晨的大桥。（图源：青石晚报）</figcaption></figure>`, "清晨的大桥。", "青石晚报"},
	{"a label cut short behind the name, Lithuanian", `<figure>` + bridgeImage + `<figcaption>Tiltas auštant. Jono Jonaičio nuotr.</figcaption></figure>`, "Tiltas auštant.", "Jono Jonaičio"},
	{"the same behind an initial and a bar", `<figure>` + bridgeImage + `<figcaption>Tiltas auštant | J. Jonaičio nuotr.</figcaption></figure>`, "Tiltas auštant", "J. Jonaičio"},
	{"the same in brackets", `<figure>` + bridgeImage + `<figcaption>Tiltas auštant (Miesto tarybos nuotr.)</figcaption></figure>`, "Tiltas auštant", "Miesto tarybos"},
	{"the same alone", `<figure>` + bridgeImage + `<figcaption>Jono Jonaičio / BNS nuotr.</figcaption></figure>`, "", "Jono Jonaičio / BNS"},
	{"the same behind a caption of a word", `<figure>` + bridgeImage + `<figcaption>Tiltas / J. Jonaitis/BNS nuotr.</figcaption></figure>`, "Tiltas", "J. Jonaitis/BNS"},
	{"a label without a sign, Malay", `<figure>` + bridgeImage + `<figcaption>Jambatan pada waktu subuh. - Gambar oleh Aminah Yusof</figcaption></figure>`, "Jambatan pada waktu subuh.", "Aminah Yusof"},
	{"the same, Swahili", `<figure>` + bridgeImage + `<figcaption>Daraja alfajiri. Picha na Neema Juma</figcaption></figure>`, "Daraja alfajiri.", "Neema Juma"},
	{"a label behind the name, after the sentence", `<figure>` + bridgeImage + `<figcaption>Nobody crosses the bridge at dawn. Ann Doe photo</figcaption></figure>`, "Nobody crosses the bridge at dawn.", "Ann Doe"},
	{"microdata that is not shown", `<figure>` + bridgeImage + `<meta itemprop="creditText" content="Ann Doe"><figcaption>The bridge at dawn.</figcaption></figure>`, "The bridge at dawn.", "Ann Doe"},
	{"label in Greek", `<figure>` + bridgeImage + `<figcaption>Η γέφυρα το πρωί. (Φωτό: Νίκος Παππάς)</figcaption></figure>`, "Η γέφυρα το πρωί.", "Νίκος Παππάς"},
	{"archive is no credit", `<figure>` + bridgeImage + `<figcaption>Die Brücke am Morgen. (Archivbild)</figcaption></figure>`, "Die Brücke am Morgen. (Archivbild)", ""},
	{"brackets that are no credit", `<figure>` + bridgeImage + `<figcaption>Ann Doe (left) opens the bridge.</figcaption></figure>`, "Ann Doe (left) opens the bridge.", ""},
	{"colon that is no label", `<figure>` + bridgeImage + `<figcaption>The new picture: nobody had seen the bridge so empty before that day.</figcaption></figure>`, "The new picture: nobody had seen the bridge so empty before that day.", ""},
	{"label before the caption", `<figure>` + bridgeImage + `<figcaption>Photo: The mayor opens the bridge to the public on a cold morning.</figcaption></figure>`, "Photo: The mayor opens the bridge to the public on a cold morning.", ""},
	{"hidden label and button", `<figure>` + bridgeImage + `<button>Enlarge</button><figcaption><span class="visually-hidden">Image caption, </span>The bridge at dawn.</figcaption></figure>`, "The bridge at dawn.", ""},
	{"note of the interface", `<figure>` + bridgeImage + `<figcaption>Open this photo in gallery: The bridge at dawn.</figcaption></figure>`, "The bridge at dawn.", ""},
	{"slide's number", `<figure><span class="count">3/12</span>` + bridgeImage + `<figcaption>The bridge at dawn.</figcaption></figure>`, "The bridge at dawn.", ""},
	{"a figure's number", `<figure>` + bridgeImage + `<span class="captions"><span class="label">Fig. 1</span>. The bridge at dawn.</span></figure>`, "Fig. 1. The bridge at dawn.", ""},
	{"a figure's number in Polish", `<figure>` + bridgeImage + `<figcaption><b class="nr">Rys. 2</b>: Most o świcie.</figcaption></figure>`, "Rys. 2: Most o świcie.", ""},
	{"links to the file", `<figure><span>` + bridgeImage + `<ol><li><a href="/bridge_large.jpg">Download high-res image (312KB)</a></li></ol></span><span class="captions"><p>The bridge at dawn.</p></span></figure>`, "The bridge at dawn.", ""},
	{"credit outside of the figcaption", `<figure>` + bridgeImage + `<span class="image-source">Ann Doe</span><figcaption>The bridge at dawn.</figcaption></figure>`, "The bridge at dawn.", "Ann Doe"},
	{"caption twice in one figure", `<figure>` + bridgeImage + `<figcaption class="mobile">The bridge at dawn. Photo: Ann Doe</figcaption><figcaption class="desktop">The bridge at dawn. Photo: Ann Doe</figcaption></figure>`, "The bridge at dawn.", "Ann Doe"},
	{"caption class beside the image", `<div class="lead"><div>` + bridgeImage + `</div><div class="caption">The bridge at dawn.</div></div>`, "The bridge at dawn.", ""},
	{"caption before the image", `<div><div class="image-caption">The bridge at dawn. Foto: Ann Doe</div><div>` + bridgeImage + `</div></div>`, "The bridge at dawn.", "Ann Doe"},
	{"wp-caption", `<div class="wp-caption alignnone">` + bridgeImage + `<p class="wp-caption-text">The bridge at dawn.</p></div>`, "The bridge at dawn.", ""},
	{"class of an image's box", `<div class="image-widget"><span>` + bridgeImage + `</span><p>The bridge at dawn</p><p>Image: Ann Doe</p></div>`, "The bridge at dawn", "Ann Doe"},
	{"paragraph after the image", `<p>` + bridgeImage + `</p><p><em>The bridge at dawn. Photo: Ann Doe</em></p>`, "The bridge at dawn.", "Ann Doe"},
	{"slanted words in the picture's paragraph", `<p>` + bridgeImage + `<br><em>The first walkers cross the bridge at dawn.</em></p>`, "The first walkers cross the bridge at dawn.", ""},
	{"the same, Korean", `<p>` + bridgeImage + `<br><i>새벽에 첫 사람들이 다리를 건너고 있다.</i></p>`, "새벽에 첫 사람들이 다리를 건너고 있다.", ""},
	{"words that are not slanted there", `<p>` + bridgeImage + `<br>The first walkers cross the bridge at dawn.</p>`, "", ""},
	{"words beside the picture in a box, Arabic", `<div>` + bridgeImage + `<span>أول المارة يعبرون الجسر القديم عند الفجر</span></div>`, "أول المارة يعبرون الجسر القديم عند الفجر", ""},
	{"paragraph that is none", `<p>` + bridgeImage + `</p><p>The bridge was opened at dawn.</p>`, "", ""},
	{"table as a figure", `<table class="image"><tr><td>` + bridgeImage + `</td></tr><tr><td>The bridge at dawn.</td></tr></table>`, "The bridge at dawn.", ""},
	{"figure in a figure", `<figure><figure>` + bridgeImage + `</figure><figcaption>The bridge at dawn.</figcaption></figure>`, "The bridge at dawn.", ""},
	{"credit in the alternative text", `<img src="/bridge.jpg" alt="The bridge © Ann Doe">`, "", "Ann Doe"},
	{"teaser's heading is no caption", `<div class="image-card"><a href="/other">` + bridgeImage + `<h3>Another story of the town</h3></a></div>`, "", ""},
	{"a figcaption beside the figure, in a button", `<div><button aria-haspopup="dialog"><div><figure>` + bridgeImage + `<div><span class="tag">View 6 Images</span></div></figure></div><figcaption>The bridge at dawn.<cite>(Image: Ann Doe)</cite></figcaption></button></div>`, "The bridge at dawn.", "Ann Doe"},
	{"a wide copyright sign", `<figure>` + bridgeImage + `<figcaption>朝の橋（Ｃ）共同通信社</figcaption></figure>`, "朝の橋", "共同通信社"},
	{"a photographer in Chinese after the sentence", `<p>` + bridgeImage + `</p><p>清晨的大桥。林海 摄</p>`, "清晨的大桥。", "林海"},
	{"an agency in Arabic", `<figure>` + bridgeImage + `<figcaption>الجسر عند الفجر (رويترز)</figcaption></figure>`, "الجسر عند الفجر", "رويترز"},
	{"the caption of a slide, Spanish", `<div class="slide"><img src="/bridge.jpg" data-caption="Nadie cruza el puente al alba." alt=""></div>`, "Nadie cruza el puente al alba.", ""},
	{"the same, with its credit", `<figure class="slide"><img src="/bridge.jpg" data-caption="Nobody crosses the bridge at dawn. (Ann Doe / Reuters)" alt=""></figure>`, "Nobody crosses the bridge at dawn.", "Ann Doe / Reuters"},
	{"the same in the link's title, with a credit, Norwegian", `<a href="/bridge.jpg" title="Broa ved daggry. Foto: Kari Vik">` + bridgeImage + `</a>`, "Broa ved daggry.", "Kari Vik"},
	{"the title of such a link without one", `<a href="/bridge.jpg" title="Broa ved daggry">` + bridgeImage + `</a>`, "", ""},
	{"the caption of a lightbox", `<a href="/bridge.jpg" data-caption="The bridge at dawn.">` + bridgeImage + `</a>`, "The bridge at dawn.", ""},
	{"an address in that place", `<a href="/bridge.jpg" data-sub-html="#caption3">` + bridgeImage + `</a>`, "", ""},
	{"a sentence with the class behind the picture's box", `<div class="hero">` + bridgeImage + `</div><p class="img-caption">The bridge is closed at dawn. <i>Ann Doe/The Post</i></p>`, "The bridge is closed at dawn.", "Ann Doe/The Post"},
	{"a maker's name there", `<div class="hero">` + bridgeImage + `</div><p class="img-caption">Northshore</p>`, "", ""},
	{"a picture of someone in the alternative text", `<img src="/bridge.jpg" alt="A child looks at a photo by Ann Doe and her friends today">`, "", ""},
	{"an agency's address in an attribute", `<img src="/bridge.jpg" width="800" height="600" data-copyright-url="https://agency.example">`, "", ""},
	{"what a stock photo shows, in the alternative text", `<img src="/bridge.jpg" alt="Symbolbild: Alte Brücken">`, "", ""},
	{"a stock photo's agency in a caption", `<figure>` + bridgeImage + `<figcaption>Symbolbild: dpa</figcaption></figure>`, "", "dpa"},
	{"a publisher with a number in its name", `<figure>` + bridgeImage + `<figcaption><div>©7 Minuten</div>Die Brücke am Morgen.</figcaption></figure>`, "Die Brücke am Morgen.", "7 Minuten"},
	{"a button behind a sign, Italian", `<figure>` + bridgeImage + `<figcaption><div class="caption">Il ponte all'alba.<div class="zoom-link"><a href="/b"><span>+</span>CLICCA PER INGRANDIRE</a></div></div></figcaption></figure>`, "Il ponte all'alba.", ""},
	{"a line of the interface, Japanese", `<figure>` + bridgeImage + `<figcaption><p>朝の橋を渡る人はまだいない。</p><p>写真を拡大</p></figcaption></figure>`, "朝の橋を渡る人はまだいない。", ""},
	{"what the picture is, for the blind", `<figure>` + bridgeImage + `<figcaption><span class="c1">Image</span><span class="c2">Nobody crosses the bridge at dawn these days.</span><span>Credit: Ann Doe</span></figcaption></figure>`, "Nobody crosses the bridge at dawn these days.", "Ann Doe"},
	{"the same, German", `<figure>` + bridgeImage + `<figcaption><div>Foto</div><p>Um diese Zeit geht noch niemand über die Brücke.</p></figcaption></figure>`, "Um diese Zeit geht noch niemand über die Brücke.", ""},
	{"what a button says once it was pressed", `<figure>` + bridgeImage + `<figcaption>“Was that the bridge?”</figcaption><div role="dialog"><p>Address sent</p></div></figure>`, "“Was that the bridge?”", ""},
	{"the label of a caption, Chinese", `<div class="img">` + bridgeImage + `<p class="caption">图注：清晨的旧桥上还没有行人走过。</p></div>`, "清晨的旧桥上还没有行人走过。", ""},
	{"a dash before it, French", `<figure>` + bridgeImage + `<figcaption>- Le pont à l'aube en 2008.</figcaption></figure>`, "Le pont à l'aube en 2008.", ""},
	{"a name before its agency, Spanish", `<figure>` + bridgeImage + `<figcaption>Nadie cruza el puente al alba. ANA FERRER (EFE)</figcaption></figure>`, "Nadie cruza el puente al alba.", "ANA FERRER (EFE)"},
	{"a link whose clicks are counted", `<figure><a class="zoom GA-tracking" href="/bridge.jpg">` + bridgeImage + `</a><figcaption>Le pont à l'aube.</figcaption></figure>`, "Le pont à l'aube.", ""},
	{"a link by the class of a script", `<div class="image"><a class="click tracker" href="/bridge.jpg">` + bridgeImage + `</a><div class="caption">De brug in de ochtend.</div></div>`, "De brug in de ochtend.", ""},
	{"a wiki's caption, Japanese", `<div class="thumb tright"><div class="thumbinner"><a href="/w/bridge">` + bridgeImage + `</a><div class="thumbcaption"><div class="magnify"><a href="/w/bridge"></a></div>朝霧の中に立つ古い橋の姿</div></div></div>`, "朝霧の中に立つ古い橋の姿", ""},
	{"a paragraph with a class of captions, Turkish", `<div class="m"><a href="/x.jpg">` + bridgeImage + `</a><p class="pic-text">Sabah sisinde eski köprü</p></div>`, "Sabah sisinde eski köprü", ""},
	{"a sentence and its bracket in an element of credits", `<div class="foto">` + bridgeImage + `</div><div class="photo-credit">Il ponte all'alba, visto dal traghetto che parte alle nove per l'isola. (Anna Neri/Ansa)</div>`, "Il ponte all'alba, visto dal traghetto che parte alle nove per l'isola.", "Anna Neri/Ansa"},
	{"an agency behind a slash, Italian", `<figure>` + bridgeImage + `<figcaption>Il vecchio ponte di ferro al mattino / Ansa</figcaption></figure>`, "Il vecchio ponte di ferro al mattino", "Ansa"},
	{"a name before a slash and an agency", `<figure>` + bridgeImage + `<figcaption>Anna De Luca Neri / Ansa</figcaption></figure>`, "", "Anna De Luca Neri / Ansa"},
	{"another point before the credit", `<figure>` + bridgeImage + `<figcaption>Il ponte all'alba ∙ © Anna Neri</figcaption></figure>`, "Il ponte all'alba", "Anna Neri"},
	{"what a player says", `<figure>` + bridgeImage + `<figcaption><p>Media playback is unsupported on your device</p><span>The bridge at dawn.</span></figcaption></figure>`, "The bridge at dawn.", ""},
	{"links that are buttons", `<figure>` + bridgeImage + `<figcaption><div><a href="#r">Print</a></div><div><a href="https://share.example/">Share</a></div></figcaption></figure>`, "", ""},
	{"the name of the file", `<figure>` + bridgeImage + `<figcaption>bridge.jpg</figcaption></figure>`, "", ""},
	{"a figure whose clicks are counted", `<figure class="clickTracking embed">` + bridgeImage + `<figcaption>Il ponte all'alba.</figcaption></figure>`, "Il ponte all'alba.", ""},
	{"labels on the picture", `<div><div class="top"><a href="/porto">Porto</a> <a href="#c">0</a>` + bridgeImage + `</div><div class="img_description"><p>Il ponte all'alba, visto dal traghetto delle nove. © Anna Neri</p></div><p>` + strings.Repeat("Il traghetto parte. ", 9) + `</p></div>`, "Il ponte all'alba, visto dal traghetto delle nove.", "Anna Neri"},
	{"under the name of the file that is not seen, Romanian", `<div class="media"><div class="file"><h2 class="element-invisible"><a href="/files/podjpg">pod_in_zori.jpg</a></h2><div class="content">` + bridgeImage + `</div></div></div><p>Podul în zori, văzut de pe feribotul de la ora nouă (Foto: Ana Pop)</p>`, "Podul în zori, văzut de pe feribotul de la ora nouă", "Ana Pop"},
	{"quotation with a portrait", `<figure>` + bridgeImage + `<blockquote>We are glad.</blockquote><figcaption>Ann Doe, mayor</figcaption></figure>`, "", ""},
}

func TestCaptionAndCredit(t *testing.T) {
	for _, tt := range captionTests {
		t.Run(tt.name, func(t *testing.T) {
			tr := pagetest.MustParse(t, "<body><article><h1>Bridge</h1><p>"+strings.Repeat("Words of the article. ", 20)+"</p>"+tt.box+"<p>"+strings.Repeat("More words of it. ", 20)+"</p></article></body>")
			pics := Read(tr)
			if len(pics) != 1 {
				t.Fatalf("%d pictures", len(pics))
			}
			p := pics[0]
			if p.Caption != tt.caption || p.Credit != tt.credit {
				t.Errorf("got %q by %q, want %q by %q", p.Caption, p.Credit, tt.caption, tt.credit)
			}
			if !strings.HasSuffix(p.URL, "/bridge.jpg") {
				t.Errorf("url %q", p.URL)
			}
			left := textWithout(tr, pics)
			for _, part := range []string{tt.caption, tt.credit} {
				if part != "" && strings.Contains(left, part) {
					t.Errorf("%q stays in the text: %s", part, left)
				}
			}
			if !strings.Contains(left, "Words of the article") || !strings.Contains(left, "More words") {
				t.Error("the article's words are gone")
			}
		})
	}
}

// textWithout is the page's text without that of captions.
func textWithout(t *page.Tree, pics []Picture) string {
	gone := map[int32]bool{}
	for _, p := range pics {
		for _, n := range p.CaptionNodes {
			gone[n] = true
		}
	}
	var b strings.Builder
	for i := t.Body; i < int32(len(t.Nodes)); {
		if gone[i] {
			i = t.Nodes[i].End
			continue
		}
		if t.Nodes[i].FirstChild == nil {
			b.WriteString(t.Text(i))
			b.WriteByte(' ')
		}
		i++
	}
	return b.String()
}
