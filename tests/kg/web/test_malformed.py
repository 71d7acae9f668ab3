"""Whatever is wrong with a request is told as such. `tests/benchmarks/fuzz_http.py` does the same at length."""

from hypothesis import HealthCheck, given, settings

from tests.kg.web.malformed import malformed_requests


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(request_=malformed_requests())
def test_what_is_wrong_is_told_so(client, request_):
    response = client.open(request_.target, method=request_.method, headers=request_.headers, data=request_.body)
    assert 400 <= response.status_code < 500
