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
		{"Abonnieren Sie jetzt unseren kostenlosen Newsletter.", true},
		{"Suivez le Quai sur WhatsApp pour ne rien manquer.", true},
		{"Подпишитесь на наш телеграм, чтобы не пропустить прилив.", true},
		{"Şimdi abone ol: Telegram kanalı her gün güncellenir.", false}, // not how such a sentence begins
		{"Takip edin: WhatsApp kanalı her gün güncellenir.", true},
		{"Zapisz się na nasz newsletter.", true},
		{"Follow the path along the quay until the second lock.", false},
		{"The harbour office wrote on Facebook that the lock was shut.", false},
		{"", false},
	} {
		if got := Promotes(c.paragraph); got != c.want {
			t.Errorf("%q: got %v, want %v", c.paragraph, got, c.want)
		}
	}
}
