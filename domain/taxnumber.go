package domain

// The lengths of the two kinds of tax numbers. Both are text: leading zeros count.
const (
	VKNLength  = 10 // of a company (vergi kimlik numarası)
	TCKNLength = 11 // of a person (T.C. kimlik numarası)
)

// ValidVKN tells whether the last digit of a company's tax number is the one that its first nine ask for
// (rules.md §6).
func ValidVKN(number string) bool {
	return len(number) == VKNLength && digits(number) && number == CompleteVKN(number[:VKNLength-1])
}

// ValidTCKN tells whether the last two digits of a person's number are those that its first nine ask for
// (rules.md §6).
func ValidTCKN(number string) bool {
	return len(number) == TCKNLength && digits(number) && number[0] != '0' && number == CompleteTCKN(number[:TCKNLength-2])
}

// CompleteVKN puts the check digit behind the first nine digits of a VKN.
func CompleteVKN(nine string) string {
	sum := 0
	for i, r := range nine {
		k := 9 - i
		t := (int(r-'0') + k) % 10
		if t == 0 {
			continue
		}
		if t = t << k % 9; t == 0 {
			t = 9
		}
		sum += t
	}
	return nine + digit(10-sum%10)
}

// CompleteTCKN puts the two check digits behind the first nine digits of a TCKN.
func CompleteTCKN(nine string) string {
	var odd, even int // the sums of the first, third … and of the second, fourth … digit
	for i, r := range nine {
		if i%2 == 0 {
			odd += int(r - '0')
		} else {
			even += int(r - '0')
		}
	}
	tenth := 7*odd - even + 40 // never below zero, as even is at most 36
	return nine + digit(tenth) + digit(odd+even+tenth%10)
}

// digit gives the last digit of a number that is not negative.
func digit(n int) string { return string(rune('0' + n%10)) }
