package clean

func chooseImages(t *tree, pics []picture, in func(int32) bool, m *metadata) []Image {
	var out []Image
	for _, p := range pics {
		if in(p.box) {
			out = append(out, p.Image)
		}
	}
	return out
}
