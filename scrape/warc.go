package scrape

type warcWriter struct{}

func (w *warcWriter) write(f *fetcher, req *request, resp *response) error { return nil }

type WARCWriter interface{ Write([]byte) (int, error) }
