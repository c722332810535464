package sandbox

// shelf is a kind of goods: what they are called, what they cost, how they are counted.
type shelf struct {
	name     string
	code     string // of the codes' beginning
	vat      int64  // percent
	unit     string
	low      int64 // price in TL
	high     int64
	brands   []string
	things   []string
	variants []string
	sizes    []string
	weighed  bool // sold by weight, under an in-store number
}

// shelves are those of a small Turkish shop. The brands are invented.
func shelves() []shelf {
	colours := []string{"Beyaz", "Siyah", "Kırmızı", "Lacivert", "Yeşil", "Gri", "Bej", "Turuncu", "Mor", "Sarı"}
	return []shelf{
		{
			name: "Bakliyat", code: "BKL", vat: 1, low: 35, high: 260,
			brands:   []string{"Güneşli Dere", "Öğütlüce", "Kırkambar Ova"},
			things:   []string{"Kırmızı Mercimek", "Yeşil Mercimek", "Nohut", "Kuru Fasulye", "Pilavlık Bulgur", "Köftelik Bulgur", "Osmancık Pirinç", "Barbunya", "Aşurelik Buğday"},
			variants: []string{"Yerli", "Organik", "Seçme", "İri Taneli"},
			sizes:    []string{"500 g", "1 kg", "2,5 kg", "5 kg"},
		},
		{
			name: "Çay ve Kahve", code: "ÇAY", vat: 1, low: 45, high: 420,
			brands:   []string{"Çamlıkıyı", "Şafakova", "Ilgınsu"},
			things:   []string{"Siyah Çay", "Bergamotlu Çay", "Türk Kahvesi", "Filtre Kahve", "Ihlamur", "Kuşburnu Çayı", "Adaçayı"},
			variants: []string{"Klasik", "Tiryaki", "Özel Harman", "Altın Seri"},
			sizes:    []string{"100 g", "250 g", "500 g", "1000 g", "40'lı Süzen Poşet"},
		},
		{
			name: "Bisküvi ve Çikolata", code: "ŞKR", vat: 1, low: 8, high: 180,
			brands:   []string{"Şirinköy", "Tatlıpınar", "Üçtepe"},
			things:   []string{"Bisküvi", "Çikolata", "Gofret", "Kek", "Kraker", "Lokum", "Akide Şekeri"},
			variants: []string{"Fındıklı", "Antep Fıstıklı", "Sütlü", "Bitter", "Çilekli", "Portakallı", "Susamlı", "Hindistan Cevizli"},
			sizes:    []string{"36 g", "80 g", "150 g", "300 g", "24'lü"},
		},
		{
			name: "İçecek", code: "İÇC", vat: 10, low: 7, high: 140,
			brands:   []string{"Ilgınsu", "İnceyol", "Mavikaya"},
			things:   []string{"Maden Suyu", "Meyve Suyu", "Limonata", "Gazoz", "Ayran", "Şalgam Suyu", "Soğuk Çay"},
			variants: []string{"Sade", "Vişneli", "Şeftalili", "Kayısılı", "Acılı", "Naneli"},
			sizes:    []string{"200 ml", "330 ml", "1 L", "2,5 L", "6'lı"},
		},
		{
			name: "Süt Ürünleri ve Kahvaltılık", code: "KHV", vat: 1, low: 30, high: 520,
			brands:   []string{"Yörükbaşı Yayla", "Öğütlüce", "Güneşli Dere"},
			things:   []string{"Beyaz Peynir", "Kaşar Peyniri", "Tulum Peyniri", "Süzme Yoğurt", "Tereyağı", "Yeşil Zeytin", "Çiçek Balı", "Vişne Reçeli", "Tahin"},
			variants: []string{"Tam Yağlı", "Köy Tipi", "Geleneksel", "Az Tuzlu"},
			sizes:    []string{"200 g", "400 g", "700 g", "1 kg"},
		},
		{
			name: "Şarküteri (tartılan)", code: "ŞRK", vat: 1, unit: "Kg", low: 180, high: 980, weighed: true,
			brands:   []string{"Yörükbaşı Yayla"},
			things:   []string{"Kangal Sucuk", "Pastırma", "Ezine Tipi Peynir", "Gemlik Tipi Zeytin", "Kuru Kayısı", "Ceviz İçi", "Çiğ Fındık"},
			variants: []string{"Açık", "Yeni Mahsul", "Birinci Boy"},
			sizes:    []string{""},
		},
		{
			name: "Temizlik", code: "TMZ", vat: 20, low: 25, high: 480,
			brands:   []string{"Pırılca", "Akköpük", "Üçtepe Ev"},
			things:   []string{"Bulaşık Deterjanı", "Çamaşır Suyu", "Yüzey Temizleyici", "Sıvı Sabun", "Yumuşatıcı", "Kireç Çözücü", "Cam Sil"},
			variants: []string{"Limonlu", "Lavantalı", "Çam Kokulu", "Beyaz Sabun Katkılı", "Yoğun Kıvamlı"},
			sizes:    []string{"500 ml", "750 ml", "1 L", "4 L", "60'lı"},
		},
		{
			name: "Kişisel Bakım", code: "KŞB", vat: 20, low: 28, high: 650,
			brands:   []string{"Nâzenin", "Ilgınsu Bakım", "Gülçiçek Atölye"},
			things:   []string{"Şampuan", "Saç Kremi", "Duş Jeli", "El Kremi", "Diş Macunu", "Kolonya", "Tıraş Köpüğü"},
			variants: []string{"Argan Yağlı", "Isırgan Özlü", "Gül Sulu", "Naneli", "Papatyalı", "Zeytinyağlı"},
			sizes:    []string{"75 ml", "200 ml", "400 ml", "650 ml"},
		},
		{
			name: "Kırtasiye", code: "KRT", vat: 20, low: 6, high: 340,
			brands:   []string{"Çizgiöz", "Defterdâr", "Kalemşör"},
			things:   []string{"Çizgili Defter", "Kareli Defter", "Kurşun Kalem", "Tükenmez Kalem", "Silgi", "Kalemtıraş", "Sulu Boya", "Klasör", "Yapıştırıcı"},
			variants: colours,
			sizes:    []string{"A4", "A5", "12'li", "40 Yaprak", "96 Yaprak"},
		},
		{
			name: "Mutfak", code: "MTF", vat: 20, low: 60, high: 2400,
			brands:   []string{"Tencerem", "Üçtepe Ev", "Bakırcılar Sokağı"},
			things:   []string{"Termos", "Çelik Tencere", "Döküm Tava", "Bıçak Seti", "Saklama Kabı", "Çaydanlık", "Kahve Fincanı", "Kesme Tahtası"},
			variants: colours,
			sizes:    []string{"500 ml", "1 L", "24 cm", "28 cm", "6'lı", "12 Parça"},
		},
		{
			name: "Elektronik Aksesuar", code: "ELK", vat: 20, low: 90, high: 3200,
			brands:   []string{"Voltanur", "Işıkhan", "Bağlantıcı"},
			things:   []string{"USB-C Şarj Kablosu", "Hızlı Şarj Adaptörü", "Kablosuz Kulaklık", "Güç Bankası", "Telefon Kılıfı", "Ekran Koruyucu", "LED Ampul", "Uzatma Kablosu"},
			variants: []string{"Siyah", "Beyaz", "Örgülü", "Dayanıklı", "İnce", "Manyetik"},
			sizes:    []string{"1 m", "2 m", "20 W", "65 W", "10.000 mAh", "3'lü"},
		},
		{
			name: "Oyuncak", code: "OYN", vat: 20, low: 45, high: 1800,
			brands:   []string{"Minik Düşler", "Şenoyun", "Bulutçuk"},
			things:   []string{"Ahşap Yapboz", "Peluş Ayı", "Oyun Hamuru", "Yapı Blokları", "Çekçek Araba", "Kutu Oyunu", "Su Tabancası"},
			variants: []string{"Küçük", "Büyük", "Sesli", "Renkli", "Eğitici"},
			sizes:    []string{"24 Parça", "48 Parça", "100 Parça", "3+ Yaş"},
		},
		{
			name: "Bebek", code: "BBK", vat: 10, low: 40, high: 1250,
			brands:   []string{"Minik Düşler", "Kundakçı"},
			things:   []string{"Bebek Bezi", "Islak Mendil", "Biberon", "Alt Açma Örtüsü", "Emzik", "Mama Önlüğü"},
			variants: []string{"Yenidoğan", "Hassas", "Ekstra Yumuşak", "Aloe Veralı", "Kokusuz"},
			sizes:    []string{"2'li", "24'lü", "56'lı", "120 ml", "240 ml"},
		},
		{
			name: "Tekstil", code: "TKS", vat: 10, low: 70, high: 1900,
			brands:   []string{"Denizlihan", "Pamukeli", "İpekyolu Dokuma"},
			things:   []string{"Havlu", "Çorap", "Nevresim Takımı", "Tişört", "Masa Örtüsü", "Şal", "Önlük"},
			variants: colours,
			sizes:    []string{"S", "M", "L", "XL", "Tek Kişilik", "Çift Kişilik", "50x90 cm"},
		},
		{
			name: "Hırdavat ve Bahçe", code: "HRD", vat: 20, low: 15, high: 2100,
			brands:   []string{"Çekiçoğlu Usta", "Bahçedar", "Demirkıran"},
			things:   []string{"Tornavida", "Çekiç", "Matkap Ucu", "Vida Seti", "Hortum", "Budama Makası", "Saksı", "Çim Tohumu", "Silikon"},
			variants: []string{"Yıldız", "Düz", "Şeffaf", "Galvaniz", "Plastik", "Ağır Hizmet"},
			sizes:    []string{"4x40 mm", "6x100 mm", "10 m", "25 m", "280 ml", "50'li", "No: 3"},
		},
	}
}

// serviceNames are what a small shop bills besides goods.
func serviceNames() []string {
	return []string{
		"Kargo Bedeli", "Montaj Hizmeti", "Hediye Paketi", "Kurulum Hizmeti", "Kapıda Ödeme Bedeli", "Danışmanlık",
		"Bakım Sözleşmesi", "Eğitim (Saatlik)", "Nakliye", "Taksit Farkı", "Sigorta Bedeli", "İade İşlem Bedeli",
	}
}
