package sqlite

type settingStore struct{ db *database }
type catalogueStore struct{ db *database }
type priceStore struct{ db *database }
type transferStore struct{ db *database }
type letterStore struct{ db *database }
