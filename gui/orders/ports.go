package orders

import "github.com/sopyo/sopyo-desktop/gui/kit"

// Company is what the screen asks of the company. Every method may block.
type Company interface{}

// env is what everything of the screen is given.
type env struct {
	*kit.Env
	co Company
	*kit.Leaves
}
