package selectors

import "strings"

// buttonClasses are the classes by which style sheets and page builders set links as buttons.
var buttonClasses = map[string]bool{
	"btn": true, "button": true, "cta-button": true, "button-link": true,
	"wp-block-button__link": true, "elementor-button": true, "et_pb_button": true, "vc_btn3": true, "w-button": true, "sqs-block-button-element": true, "fl-button": true, "hs-button": true, "cta_button": true,
}

// IsButton reports whether the class attribute of a link sets it as a button.
func IsButton(class string) bool {
	for class != "" {
		var token string
		token, class, _ = strings.Cut(class, " ")
		if buttonClasses[token] {
			return true
		}
	}
	return false
}
