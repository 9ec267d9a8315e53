package agent.data_protection

deny_external_api[msg] {
    input.action == "api_call"
    not is_approved_vendor(input.endpoint)
    contains_pii(input.payload)
    msg := sprintf("Blocked external API call to %v with PII", [input.endpoint])
}

is_approved_vendor(endpoint) {
    approved_vendors := ["api.salesforce.com", "api.zendesk.com"]
    startswith(endpoint, approved_vendors[_])
}

# Stands in for the host's function, so that all engines can run the policy.
contains_pii(payload) {
    regex.match(`\b\d{3}-\d{2}-\d{4}\b`, payload.text)
}
