-- A barcode is compared without more of what a printed number wears: brackets, quotes, "Barkod No:", GS1's (01).
UPDATE product SET barcode_key = pairing_key(barcode) WHERE barcode_key <> pairing_key(barcode);
