package company.gateway

# Signed-in users read below the published prefixes within a day of their sign-in.
default allow := false

published := ["/api/v1/", "/api/v2/", "/api/v3/"]

day_ns := ((24 * 60) * 60) * 1000000000

allow if {
	input.request.method == "GET"
	some prefix in published
	startswith(input.request.path, prefix)
	input.user.signed_in == true
	time.now_ns() - input.user.signed_in_ns < day_ns
}
