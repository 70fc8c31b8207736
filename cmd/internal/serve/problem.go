package serve

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"newsclip/clean"
	"newsclip/clean/article"
	"newsclip/scrape"
)

// Problem is an error as it is sent, by RFC 9457.
type Problem struct {
	Title  string `json:"title" doc:"The status in words"`
	Status int    `json:"status" doc:"The HTTP status"`
	Detail string `json:"detail" doc:"What was wrong, and what to do where that is known"`
	Code   string `json:"code,omitempty" doc:"What was wrong with the page; the codes are those of a record's error and stay the same"`
	// Retry is the time after which the request may be repeated, in seconds.
	Retry int `json:"-"`
}

// Error returns the detail.
func (p *Problem) Error() string { return p.Detail }

// GetStatus returns the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType returns the media type of a problem.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// GetHeaders returns the header fields that belong to the problem.
func (p *Problem) GetHeaders() http.Header {
	if p.Retry == 0 {
		return nil
	}
	return http.Header{"Retry-After": {fmt.Sprint(p.Retry)}}
}

// The errors that the library makes by itself, such as those of a parameter that it
// does not know, are Problems too.
var _ = func() bool {
	huma.NewError = func(status int, detail string, errs ...error) huma.StatusError {
		told := 0
		for _, err := range errs {
			if err == nil {
				continue
			}
			if told++; told > mostFaults {
				detail += "; and more"
				break
			}
			detail += ": " + article.ShortMessage(err.Error())
		}
		return problem(status, "", "%s", detail)
	}
	return true
}()

// mostFaults is how many faults of a request are told: each quotes what is wrong, which may
// be all of the request.
const mostFaults = 5

func problem(status int, code, format string, args ...any) *Problem {
	return &Problem{Title: http.StatusText(status), Status: status, Detail: fmt.Sprintf(format, args...), Code: code}
}

// busy is the answer where there is no room.
func busy() *Problem {
	p := problem(http.StatusTooManyRequests, "", "the server has as much in hand as it may; try again")
	p.Retry = 5
	return p
}

// statuses has the HTTP status for each code of a page's error. Any other is 422.
var statuses = map[string]int{
	article.CodeFetch:    http.StatusBadGateway,
	article.CodeInternal: http.StatusInternalServerError,
	article.CodeNotHTML:  http.StatusUnsupportedMediaType,
	article.CodeRender:   http.StatusBadGateway,
	article.CodeTimeout:  http.StatusGatewayTimeout,
	article.CodeTooLarge: http.StatusRequestEntityTooLarge,
}

// problemOf returns the answer for an error of reading, fetching or cleaning a page.
func problemOf(err error) *Problem {
	var (
		p       *Problem
		ce      *clean.Error
		tooLong *http.MaxBytesError
		netErr  net.Error
	)
	switch {
	case errors.As(err, &p):
		return p
	case errors.As(err, &tooLong):
		return tooLarge(tooLong.Limit)
	case errors.As(err, &ce):
		status, ok := statuses[ce.Code]
		if !ok {
			status = http.StatusUnprocessableEntity
		}
		return problem(status, ce.Code, "%s", ce.Message)
	case errors.As(err, &netErr) && netErr.Timeout(), errors.Is(err, context.DeadlineExceeded):
		return problem(http.StatusRequestTimeout, "", "the request came too slowly")
	}
	return problem(http.StatusBadRequest, "", "%s", strings.TrimSpace(err.Error()))
}

// fetchProblem returns the answer for an error of fetching a page.
func fetchProblem(err error) *Problem {
	var ce *clean.Error
	switch {
	case errors.As(err, &ce):
		return problemOf(err)
	case errors.Is(err, scrape.ErrRobots), scrape.CauseOf(err) == scrape.CausePrivate:
		return problem(http.StatusForbidden, article.CodeFetch, "%v", err)
	case errors.Is(err, context.DeadlineExceeded):
		return problem(http.StatusGatewayTimeout, article.CodeFetch, "the page did not come in time")
	}
	return problem(http.StatusBadGateway, article.CodeFetch, "%v", err)
}

func tooLarge(limit int64) *Problem {
	return problem(http.StatusRequestEntityTooLarge, article.CodeTooLarge, "larger than %d bytes, the most that this server takes", limit)
}
