package company.documents

default allow := false

permissions := {
	"administrator": ["read", "write", "delete", "share"],
	"manager": ["read", "write"],
	"member": ["read"],
}

permitted contains permission if {
	some role in input.user.roles
	some permission in permissions[role]
}

allow if {
	input.action in permitted
	input.document.owner == input.user.id
}

allow if {
	input.action in permitted
	input.action == "read"
	input.document.public == true
}
