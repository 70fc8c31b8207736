# newsclip and the certificates of authorities, and nothing else.
#
#	docker build -t newsclip --build-arg VERSION=v1.0.0 .
#	docker run --rm --user "$(id -u):$(id -g)" -v "$PWD:/work" newsclip crawl -o news.jsonl https://news.example/
#
# --user lets it write to your folder; without, it runs as a user without rights.
FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=
# Temporary files of a crawl are in /tmp, which an empty image lacks.
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=$VERSION" -o /image/usr/bin/newsclip ./cmd/newsclip && \
	install -D -m 644 /etc/ssl/certs/ca-certificates.crt /image/etc/ssl/certs/ca-certificates.crt && \
	mkdir -m 1777 /image/tmp /image/work

FROM scratch
COPY --from=build /image /
USER 65532:65532
WORKDIR /work
ENTRYPOINT ["/usr/bin/newsclip"]
