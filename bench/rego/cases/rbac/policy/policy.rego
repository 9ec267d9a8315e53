package company.access

# Administrators work on what is not confidential, with at least one permission of their own.
default allow := false

allow if {
	input.user.role == "administrator"
	input.action in ["read", "update", "delete"]
	input.resource.classification in ["public", "internal"]
	count(input.user.permissions) > 0
}
