"""中标结果变更: the filing with the regulator, and the notice that it unlocks."""
