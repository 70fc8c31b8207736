package htmlparse

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// isForeign reports whether the token is treated by the rules for foreign content
// (13.2.6, "tree construction dispatcher").
func (p *parser) isForeign() bool {
	if len(p.open) == 0 {
		return false
	}
	n := p.top()
	kind := p.token.kind
	if n.is&inHTML != 0 || kind == endOfFile {
		return false
	}
	start := kind == startTag
	switch {
	case n.is&textPoint != 0 && (kind == textToken || start && p.token.atom != atom.Mglyph && p.token.atom != atom.Malignmark):
		return false
	case n.is&htmlPoint != 0 && (kind == textToken || start):
		return false
	case start && p.token.atom == atom.Svg && n.Namespace == "math" && n.DataAtom == atom.AnnotationXml:
		return false
	}
	return true
}

// foreign is 13.2.6.5.
func (p *parser) foreign() bool {
	switch p.token.kind {
	case textToken:
		text := p.token.data
		if p.framesetOK && strings.TrimLeft(text, whitespace+"\x00") != "" {
			p.framesetOK = false
		}
		p.addText(p.replaceNUL(text))
	case commentToken:
		p.addComment()
	case startTag:
		return p.foreignStart()
	case endTag:
		return p.foreignEnd()
	}
	return true
}

func (p *parser) foreignStart() bool {
	if p.breaksOut() {
		for k := len(p.open) - 1; k >= 0; k-- {
			if p.open[k].is&(inHTML|htmlPoint|textPoint) != 0 {
				p.open = p.open[:k+1]
				break
			}
		}
		return p.step(p.mode)
	}
	namespace := p.top().Namespace
	if namespace == "svg" {
		if name := svgNames[p.token.data]; name != "" {
			p.token.atom, p.token.data, p.token.element = atom.Lookup([]byte(name)), name, elementOf(name)
		}
	}
	p.adjustAttributes(namespace)
	n := p.addForeign(namespace, 0)
	p.open[len(p.open)-1].is = foreignClass(namespace, n, p.token.element)
	// Its content is no text, whatever its name.
	p.raw = nil
	if p.token.selfClosing {
		p.pop()
	}
	return true
}

// breaksOut reports whether a start tag ends foreign content.
func (p *parser) breaksOut() bool {
	if p.token.atom == atom.Font {
		for _, a := range p.token.attr {
			if a.Key == "color" || a.Key == "face" || a.Key == "size" {
				return true
			}
		}
	}
	return p.token.element.is&breakout != 0
}

func (p *parser) foreignEnd() bool {
	name := p.token.data
	for k := len(p.open) - 1; k >= 0; k-- {
		if strings.EqualFold(p.open[k].Data, name) {
			p.open = p.open[:k]
			return true
		}
		if k > 0 && p.open[k-1].is&inHTML != 0 {
			break
		}
	}
	return p.step(p.mode)
}

// adjustAttributes gives the attributes of a foreign element the names that its
// namespace has for them (13.2.6.1).
func (p *parser) adjustAttributes(namespace string) {
	for k := range p.token.attr {
		a := &p.token.attr[k]
		if namespace == "math" {
			if a.Key == "definitionurl" {
				a.Key = "definitionURL"
			}
		} else if name := svgAttributes[a.Key]; name != "" {
			a.Key = name
		}
		switch a.Key {
		case "xlink:actuate", "xlink:arcrole", "xlink:href", "xlink:role", "xlink:show", "xlink:title", "xlink:type",
			"xml:lang", "xml:space", "xmlns:xlink":
			a.Namespace, a.Key, _ = strings.Cut(a.Key, ":")
		}
	}
}

// svgNames are the names of SVG's elements that have capitals.
var svgNames = capitals(
	"altGlyph", "altGlyphDef", "altGlyphItem", "animateColor", "animateMotion", "animateTransform", "clipPath",
	"feBlend", "feColorMatrix", "feComponentTransfer", "feComposite", "feConvolveMatrix", "feDiffuseLighting",
	"feDisplacementMap", "feDistantLight", "feFlood", "feFuncA", "feFuncB", "feFuncG", "feFuncR",
	"feGaussianBlur", "feImage", "feMerge", "feMergeNode", "feMorphology", "feOffset", "fePointLight",
	"feSpecularLighting", "feSpotLight", "feTile", "feTurbulence", "foreignObject", "glyphRef",
	"linearGradient", "radialGradient", "textPath",
)

// svgAttributes are the names of SVG's attributes that have capitals.
var svgAttributes = capitals(
	"attributeName", "attributeType", "baseFrequency", "baseProfile", "calcMode", "clipPathUnits",
	"diffuseConstant", "edgeMode", "filterUnits", "glyphRef", "gradientTransform", "gradientUnits",
	"kernelMatrix", "kernelUnitLength", "keyPoints", "keySplines", "keyTimes", "lengthAdjust",
	"limitingConeAngle", "markerHeight", "markerUnits", "markerWidth", "maskContentUnits", "maskUnits",
	"numOctaves", "pathLength", "patternContentUnits", "patternTransform", "patternUnits", "pointsAtX",
	"pointsAtY", "pointsAtZ", "preserveAlpha", "preserveAspectRatio", "primitiveUnits", "refX", "refY",
	"repeatCount", "repeatDur", "requiredExtensions", "requiredFeatures", "specularConstant",
	"specularExponent", "spreadMethod", "startOffset", "stdDeviation", "stitchTiles", "surfaceScale",
	"systemLanguage", "tableValues", "targetX", "targetY", "textLength", "viewBox", "viewTarget",
	"xChannelSelector", "yChannelSelector", "zoomAndPan",
)

// capitals returns the names by their lower case.
func capitals(names ...string) map[string]string {
	m := make(map[string]string, len(names))
	for _, name := range names {
		m[strings.ToLower(name)] = name
	}
	return m
}
