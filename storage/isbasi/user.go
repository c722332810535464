package isbasi

import (
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
)

// refusesNobody tells whether a call was refused because it did not say which user asks: some services want the headers UserEmail
// and UserName (isbasi-api.md §3), and an authorisation in the browser need not tell them.
func refusesNobody(err error) bool {
	if domain.KindOf(err) != domain.KindRejected {
		return false
	}
	said := domain.Fold(detailOf(err))
	return strings.Contains(said, "useremail") || strings.Contains(said, "username")
}

// user is what the headers say of who asks, "" where that is not known.
func user(s domain.Session) string { return firstOf(text(s.UserEmail), text(s.UserName)) }
