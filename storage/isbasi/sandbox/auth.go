package sandbox

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// The routes of signing in (isbasi-api.md §2).
const (
	RouteRequest = "user/ssorequesturl"
	RouteConsent = "consent"
	RouteUserKey = "user/getuserappkey"
	RouteLogin   = "user/integrationLogin" // also user/Login, which the document writes
)

// ssoRequest is step 1: where to send the person's browser. A key that Logo gave for one account may
// have no right to it (isbasi-api.md §12, to §2.2).
func (s *Server) ssoRequest(c *call) answer {
	if slices.Contains(s.o.AccountKeys, c.key) {
		return s.forbidden(c)
	}
	host := s.o.ConsentURL
	if host == "" {
		host = s.URL()
	}
	key := issue(s.keys.requests, c.key)
	return s.ok(c, map[string]any{
		"redirectUrl": strings.TrimSuffix(host, "/") + consentPath + "?" + url.Values{"key": {key}}.Encode(),
		"key":         key,
	})
}

// userKey is step 3: the callback's key against the second one.
func (s *Server) userKey(c *call) answer {
	var in struct {
		Key string `json:"key"`
	}
	if err := json.Unmarshal(c.body, &in); err != nil {
		return s.refuse(c, http.StatusBadRequest, http.StatusBadRequest, "İstek okunamadı.")
	}
	if owner, ok := s.keys.first[in.Key]; !ok || owner != c.key {
		return s.business(c, "Uygulama kullanıcı anahtarı bulunamadı.")
	}
	delete(s.keys.first, in.Key)
	second := issue(s.keys.second, c.key)
	if s.o.UserKeyAsObject {
		return s.ok(c, map[string]any{"appUserKey": second})
	}
	return s.ok(c, second)
}

// login is step 4, and the whole of the single-account way (isbasi-api.md §2.1).
func (s *Server) login(c *call) answer {
	var in struct {
		Username   string `json:"username"`
		Password   string `json:"password"`
		AppUserKey string `json:"appUserKey"`
		TenantID   string `json:"tenantId"`
	}
	if err := json.Unmarshal(c.body, &in); err != nil {
		return s.refuse(c, http.StatusBadRequest, http.StatusBadRequest, "İstek okunamadı.")
	}
	withKey := in.AppUserKey != ""
	if owner, ok := s.keys.second[in.AppUserKey]; withKey && (ok && owner != c.key || !ok && !s.o.AnyUserKey) {
		return s.business(c, "Uygulama kullanıcı anahtarı geçersiz.")
	}
	if !withKey || s.o.LoginNeedsPassword || in.Username != "" || in.Password != "" {
		if a, refused := s.checkUser(c, in.Username, in.Password); refused {
			return a
		}
	}
	if s.o.TenantIgnored {
		in.TenantID = ""
	}
	tenant, known := s.o.opens(c.key, in.TenantID)
	if !known {
		return s.business(c, "Firma bulunamadı.")
	}
	if withKey && s.o.UserKeyOnce {
		delete(s.keys.second, in.AppUserKey)
	}
	return s.session(c, tenant)
}

// checkUser refuses a missing or wrong e-mail and password.
func (s *Server) checkUser(c *call, email, password string) (answer, bool) {
	var missing []string
	if email == "" {
		missing = append(missing, "Kullanıcı adı zorunludur.")
	}
	if password == "" {
		missing = append(missing, "Şifre zorunludur.")
	}
	if len(missing) > 0 {
		return s.refuse(c, http.StatusBadRequest, http.StatusBadRequest, strings.Join(missing, "\n")), true
	}
	if !slices.Contains(s.o.Users, User{email, password}) {
		return s.business(c, "Kullanıcı adı veya şifre hatalı."), true
	}
	return answer{}, false
}

// session answers a login that is accepted. E-mail, the firm's name and host are left out, as in the test
// environment (isbasi-api.md §1, §2.1).
func (s *Server) session(c *call, tenant Tenant) answer {
	now := s.o.Now()
	text, err := s.keys.token(c.key, tenant.ID, now.Add(s.o.TokenLifetime))
	if err != nil {
		return s.refuse(c, http.StatusInternalServerError, http.StatusInternalServerError, "Beklenmeyen bir hata oluştu.")
	}
	data := map[string]any{
		"accessToken": text,
		"tokenType":   "Bearer",
		"moduleToken": nil,
		"tenantId":    tenant.ID,
		"userId":      s.id(c, 1234),
		"licenses": []map[string]any{{
			"code": "STD", "name": "Standart", "period": 12,
			"expireDate":  now.UTC().AddDate(1, 0, 0).Truncate(24 * time.Hour).Format("2006-01-02T15:04:05"),
			"closureDate": nil, "packageMessage": nil, "isFree": false, "isExpired": false,
		}},
		"ePortalArchiveResponsible": false,
	}
	if tenant.Name != "" {
		data["tenantName"] = tenant.Name
	}
	if s.o.UserEmail != "" {
		data["email"] = s.o.UserEmail
	}
	if s.o.BaseURL != "" {
		data["baseUrl"] = s.o.BaseURL
	}
	return s.ok(c, data)
}
