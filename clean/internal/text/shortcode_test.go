package text

import "testing"

func TestIsShortcode(t *testing.T) {
	for s, want := range map[string]bool{
		`{{boat-box="/boxes/nine"}}`:              true,
		`[vc_row][vc_column width="1/2"]`:         true,
		`[BOX_MODULE]`:                            true,
		`[/et_pb_text]`:                           true,
		`%%footer%%`:                              true,
		`${artikel.text}`:                         true,
		`<!-- werbung -->`:                        true,
		`[embed]https://film.example/a1[/embed]`:  true,
		`[quote]Nine boats came home.[/quote]`:    false,
		`{{ boats }} of them came home.`:          false,
		`[sic]`:                                   false,
		`[…]`:                                     false,
		`[Musik]`:                                 false,
		`[a = b, as we said]`:                     false,
		`100 %% of the boats, and 50 %% of yards`: false,
		``: false,
	} {
		if got := IsShortcode(s); got != want {
			t.Errorf("%s: got %v", s, got)
		}
	}
}
