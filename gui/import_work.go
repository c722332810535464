package gui

import "github.com/sopyo/sopyo-desktop/domain/listing"

// importWork is a plan or an import under way.
type importWork = work[listing.Count, listing.Result]
