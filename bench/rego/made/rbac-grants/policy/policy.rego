package rbac

default allow := false

allow if {
	some role in data.users[input.user].roles
	some grant in data.grants[role]
	grant.action == input.action
	grant.resource == input.resource
}
