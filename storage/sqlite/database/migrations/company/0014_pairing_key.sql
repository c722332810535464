-- A barcode is compared without what a printed number wears, and two numbers in one cell by nothing.
UPDATE product SET barcode_key = pairing_key(barcode) WHERE barcode_key <> pairing_key(barcode);
