# newsclip and the certificates of authorities, and nothing else.
#
#	docker build -t newsclip .
#	docker run --rm -v "$PWD:/work" newsclip crawl -o news.jsonl https://news.example/
FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=$VERSION" -o /newsclip ./cmd/newsclip && mkdir /work

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /newsclip /usr/bin/newsclip
COPY --from=build --chown=65532:65532 /work /work
USER 65532:65532
WORKDIR /work
ENTRYPOINT ["/usr/bin/newsclip"]
