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
