// Package names reads the names of people and agencies out of bylines: it parts
// several names, and cuts off what is none, such as "By", job titles, places and
// dates. What such words are in which language is data of package selectors.
package names
