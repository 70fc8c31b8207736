package selectors

import "testing"

func TestPromotes(t *testing.T) {
	for _, c := range []struct {
		paragraph string
		want      bool
	}{
		{"Follow The Quay on Google News so that no tide table passes you by.", true},
		{"Have we missed a boat? Tell us in the comments below.", false}, // it begins with a question of its own
		{"Tell us which boat we missed in the comments below.", true},
		{"Få kajens nyheter varje morgon – anmäl dig till vårt nyhetsbrev.", true},
		{"Нові причали щоранку — підпишіться на нашу розсилку.", true},
		{"Uočili ste pogrešku?", true},
		{"Ha detectado algún error en esta noticia?", true},
		{"Выделите её и нажмите Ctrl+Enter.", true},
		{"She had spotted an error in the tide table.", false},
		{"De goda nyheterna – färjan går igen – stod i ett nyhetsbrev.", false},
		{"Kövessen minket a Google Híreken is, ha hajót vár.", true},
		{"عقب الميناء تابعونا على أخبار جوجل", false},
		{"تابعونا على أخبار جوجل كل يوم", true},
		{"हमें गूगल न्यूज़ पर फ़ॉलो करें।", true},
		{"Sofern nicht anders angegeben, sind die Inhalte dieser Seite unter der Lizenz CC BY 4.0 frei.", true},
		{"Bizi hər gün WhatsApp kanalımızda oxuyun", true},
		{"మరిన్ని క్రీడా వార్తల కోసం ఇక్కడ క్లిక్ చేయండి", true},
		{"매일 아침 주요 뉴스를 받아보시려면 뉴스레터를 구독하세요.", true},
		{"喜欢本文的船友，欢迎在评论区留言。", true},
		{"喜欢本文的船友都来了。", false},
		{"Добавьте нас в избранные источники Google.", true},
		{"Abonnieren Sie jetzt unseren kostenlosen Newsletter.", true},
		{"Suivez le Quai sur WhatsApp pour ne rien manquer.", true},
		{"Подпишитесь на наш телеграм, чтобы не пропустить прилив.", true},
		{"Şimdi abone ol: Telegram kanalı her gün güncellenir.", false}, // not how such a sentence begins
		{"Takip edin: WhatsApp kanalı her gün güncellenir.", true},
		{"Zapisz się na nasz newsletter.", true},
		{"Så støt havnebladet med 20 kroner om måneden.", true},
		{"Støtten koster byen 20 kroner om måneden.", false},
		{"공감과 댓글은 큰 힘이 됩니다.", true},
		{"이웃의 도움이 큰 힘이 됩니다.", false},
		{"Haberlerimizi WhatsApp kanalımızdan takip edin.", true},
		{"Haberleri anında okumak için uygulamamızı indirin.", true},
		{"A version of this article is in the spring issue of the Harbour Post.", true},
		{"A version of this article was sung on the quay.", false},
		{"El artículo continúa después de la publicidad.", true},
		{"Die Zusammenfassung wurde mit KI erstellt und geprüft.", true},
		{"Die Zusammenfassung wurde mit Kreide auf die Kaimauer geschrieben.", false},
		{"この要約はAIが生成し、編集部が確認しました。", true},
		{"Las noticias del muelle, cada mañana en tu correo.", true},
		{"Email notifications are only sent once a day, and only if there are new boats.", true},
		{"Laden Sie jetzt unsere kostenlose App herunter.", true},
		{"Laden Sie die Kähne nicht über Nacht.", false},
		{"Скачайте бесплатное приложение нашей гавани.", true},
		{"Baixe grátis o nosso aplicativo do cais.", true},
		{"Ladda ner vår kostnadsfria app.", true},
		{"Ücretsiz uygulamamızı indirin.", true},
		{"Have a story? Email our newsdesk.", true},
		{"Have a story ready when the boats come in.", false},
		{"Vous avez une information à nous transmettre ? Écrivez à la rédaction.", true},
		{"Hai una notizia da segnalarci? Scrivi alla redazione.", true},
		{"Masz ciekawy temat? Napisz do naszej redakcji.", true},
		{"If you can, please support us with a small monthly donation.", true},
		{"Email our newsdesk at quay@example.org or message us on WhatsApp.", true},
		{"Our journalism is free because readers pay for it.", true},
		{"Our journalism teacher was late for the boat.", false},
		{"If you can, support the mast with a rope.", false},
		{"Si puedes, apóyanos con una pequeña donación mensual.", true},
		{"Als je kunt, steun ons dan met een kleine maandelijkse donatie.", true},
		{"Follow the path along the quay until the second lock.", false},
		{"The harbour office wrote on Facebook that the lock was shut.", false},
		{"It looks like you're using an ad blocker.", true},
		{"Wygląda na to, że używasz programu blokującego reklamy.", true},
		{"Vous utilisez un bloqueur de publicité.", true},
		{"Отключите блокировщик рекламы, чтобы читать дальше.", true},
		{"An ad blocker was found on the harbour's own computers.", false},
		{"If you like what we do, consider supporting us on Patreon.", true},
		{"If you like what you see from the quay, stay for the tide.", false},
		{"Вы можете поддержать автора на Boosty.", true},
		{"Folgt uns auf Instagram und TikTok.", true},
		{"Folgt man ihm auf Instagram, sieht man jeden Kahn.", false},
		{"Noch mehr Nachrichten gibt es in unserer App.", true},
		{"Entra nel nostro canale Telegram.", true},
		{"Entra nel porto la prima nave dell'anno.", false},
		{"Haberleri Google News'te takip etmek için tıklayın.", true},
		{"Liman haberlerini takip etmek için sahile indi.", false},
		{"हमें फेसबुक और ट्विटर पर फॉलो करें।", true},
		{"எங்களை பேஸ்புக்கில் பின்தொடரவும்", true},
		{"எங்கள் படகு காலையில் கரைக்கு வந்தது.", false},
		{"आम्हाला टेलीग्रामवर फॉलो करा", true},
		{"公式Xをフォローしてください。", true},
		{"歡迎分享給朋友", true},
		{"Faites un don pour soutenir notre rédaction.", true},
		{"Faites un nœud pour soutenir la voile.", false},
		{"Puedes seguirnos en Facebook e Instagram.", true},
		{"Följ oss i sociala medier.", true},
		{"Dela aldrig ett lösenord i sociala medier.", false},
		{"Bültenimize abone olun.", true},
		{"Вот что в гавани думают о мосте: напишите в комментариях, что вы думаете.", true},
		{"뉴스레터를 구독하세요", true},
		{"欢迎在评论区留言讨论", true},
		{"Tải ứng dụng của chúng tôi để đọc tin mới nhất.", true},
		{"यह खबर आपको कैसी लगी, कमेंट में बताएं", true},
		{"Mehr dazu hören Sie in unserem Podcast.", true},
		{"Mehr dazu hören Sie im Hafen.", false},
		{"Please follow us on Instagram and Threads.", true},
		{"You can also find us on Bluesky.", true},
		{"Make The Quay Post a preferred source on Google.", true},
		{"Fügen Sie das Hafenblatt bei Google als bevorzugte Quelle hinzu.", true},
		{"Was meinen Sie zur Fähre? Schreiben Sie es in den Kommentaren.", true},
		{"Dites-nous en commentaire si le bac vous manque.", true},
		{"También puedes seguirnos en WhatsApp.", false}, // no form of the verb that is known
		{"Síguenos en TikTok y en YouTube.", true},
		{"Aggiungi il Molo come fonte preferita su Google.", true},
		{"Daj nam znać w komentarzach.", true},
		{"카카오톡 채널을 친구 추가 하세요.", true},
		{"欢迎关注我们的微信公众号", true},
		{"ブログランキングに参加しています。", true},
		{"↓ポチッと応援お願いします↓", true},
		{"特别声明：以上内容为用户上传并发布，本平台仅提供信息存储服务。", true},
		{"声明：该文观点仅代表作者本人，本号系信息发布平台。", true},
		{"Notice: The content above is uploaded by a user of Quay, which only provides information storage services.", true},
		{"广告声明：文内含有的对外跳转链接用于传递更多信息。", true},
		{"著作权归作者所有。商业转载请联系作者获得授权。", true},
		{"本平台提供了新的信息。", false},
		{"港のランキングを見た。", false},
		{"This story first ran in our Tuesday email. Get it first by signing up here.", true},
		{"This story first ran in a paper that the ferrymen printed.", false},
		{"Missa inga nyheter – prenumerera på vårt nyhetsbrev!", true},
		{"Missa inte båten.", false},
		{"最新ニュースを毎朝お届けするメールマガジンの登録はこちらから。", true},
		{"最新ニュースを港で聞いた。", false},
		{"Mis niets meer: schrijf je in voor onze nieuwsbrief.", true},
		{"Mis nooit meer iets en volg ons op Facebook.", true},
		{"Add the flour and leave it alone for an hour.", false},
		{"Make the most of a day at sea on Saturday.", false},
		{"Folgen der Flut waren auf Twitter bald zu sehen.", false},
		{"Choose a newsletter that tells the tides.", false},
		{"لا تنسوا متابعتنا على انستغرام قبل المد.", true},
		{"Réservez un appel avec notre équipe du port.", true},
		{"Réservez la cabine avec vue sur le port.", false},
		{"Starten Sie noch heute die kostenlose Testversion.", true},
		{"If you liked the ferry, please consider sharing it with the harbour.", true},
		{"Please consider the tide before you sail.", false},
		{"Se alguém te encaminhou esta carta, assine aqui.", true},
		{"如果觉得这艘船有用，欢迎点赞。", true},
		{"如果觉得风大，就不要出海。", false},
		{"", false},
		{"Die Redaktion behält sich Kürzungen vor.", true},
		{"Redakcja zastrzega sobie prawo do skracania listów.", true},
		{"Subscribers can sign up to our weekly letter from the quay.", true},
		{"【字号：大 中 小】【我要打印】【我要纠错】", true},
	} {
		if got := Promotes(c.paragraph); got != c.want {
			t.Errorf("%q: got %v, want %v", c.paragraph, got, c.want)
		}
	}
}

func TestTellsEditors(t *testing.T) {
	for s, want := range map[string]bool{
		"(Updates with the mayor's answer in the third paragraph.)": true,
		"(Adds details on the lock, background.)":                   true,
		"(Recasts)": true,
		"(Actualisé avec la réponse du maire.)":        true,
		"(Añade detalles sobre el puerto).":            true,
		"(Aktualisiert mit Angaben des Hafenamts)":     true,
		"Updates with the tide table come on Fridays.": false,
		"(Updates come on Fridays.)":                   false,
		"(Adds detailsman Ole Brandt.)":                false,
		"(Updates with sound) are on the way.":         false,
		"":                                             false,
	} {
		if got := TellsEditors(s); got != want {
			t.Errorf("%q: got %v, want %v", s, got, want)
		}
	}
}

func TestNamesOrigin(t *testing.T) {
	for paragraph, want := range map[string]bool{
		"The post The ferry is sold appeared first on The Quay.":               true,
		"La entrada El transbordador se vende se publicó primero en La Bahía.": true,
		"L’articolo Il traghetto è venduto proviene da La Baia.":               true,
		"Inlägget Färjan är såld dök först upp på Viken.":                      true,
		"Запись Паром продан впервые появилась Залив.":                         true,
		"A new post office appeared first on the quay.":                        false,
		"The ferry appeared first on the horizon.":                             false,
	} {
		if got := NamesOrigin(paragraph); got != want {
			t.Errorf("NamesOrigin(%q) is %t", paragraph, got)
		}
	}
}

func TestDiscloses(t *testing.T) {
	for paragraph, want := range map[string]bool{
		"We chose it ourselves. If you buy it, we may earn a commission.":           true,
		"Questo articolo contiene link di affiliazione.":                            true,
		"本記事にはアフィリエイトリンクが含まれます。":                                                    true,
		"이 포스팅은 쿠팡 파트너스 활동의 일환입니다.":                                                 true,
		"Buy by way of us and we may earn a small commission.":                      true,
		"※当サイトはアフィリエイト広告を利用しています。":                                                  true,
		"Certains liens sont affiliés.":                                             true,
		"Artikeln innehåller annonslänkar, och vi kan få ersättning om du handlar.": true,
		"They get a commission when you buy the ticket.":                            false,
		"Komisja otrzymała prowizję za sprzedaż biletów.":                           false,
		"The agents of the ferry may earn a commission of five per cent.":           false,
		"La naviera dijo que recibe una comisión de cada billete.":                  false,
	} {
		if got := Discloses(paragraph); got != want {
			t.Errorf("Discloses(%q) is %t", paragraph, got)
		}
	}
}
