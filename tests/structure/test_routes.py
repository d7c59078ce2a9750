"""Every route says who may use it; every creating POST can be retried; the document knows them all."""

from flask import Flask

OUTSIDE_THE_API = {"healthz", "readyz", "metrics", "static"}
NOT_RETRIED_BY_KEY = (
    "/api/v1/sign-in",
    "/api/v1/staff/sign-in",
    "/api/v1/staff/client",
    "/api/v1/sign-out",
    "/twilio/",
    "/simulator",
    "/demo",
    "/internal/",
)


def _methods(app: Flask):
    for rule in app.url_map.iter_rules():
        if rule.endpoint in OUTSIDE_THE_API or rule.endpoint.startswith("api-docs"):
            continue
        view = app.view_functions[rule.endpoint]
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            resource = getattr(view, "view_class", None)
            yield rule, method, getattr(resource, method.lower()) if resource else view


def test_every_route_declares_access(app: Flask):
    silent = [f"{method} {rule.rule}" for rule, method, view in _methods(app) if not getattr(view, "access", None)]
    assert silent == []


def test_every_creating_post_takes_an_idempotency_key(app: Flask):
    def answers_created(view) -> bool:
        return "201" in getattr(view, "_apidoc", {}).get("response", {}).get("responses", {})

    silent = [
        rule.rule
        for rule, method, view in _methods(app)
        if method == "POST"
        and answers_created(view)
        and not rule.rule.startswith(NOT_RETRIED_BY_KEY)
        and "Idempotency-Key" not in str(getattr(view, "_apidoc", {}))
    ]
    assert silent == []


def test_every_api_route_is_in_the_document(app: Flask, http):
    paths = http.get("/openapi.json").json["paths"]
    for rule, method, _ in _methods(app):
        if rule.rule.startswith("/api/"):
            documented = rule.rule
            for argument in rule.arguments:
                for converter in ("uuid:", "string:", "path:", "int:", ""):
                    documented = documented.replace(f"<{converter}{argument}>", f"{{{argument}}}")
            assert method.lower() in paths.get(documented, {}), f"{method} {rule.rule}"


def test_every_documented_operation_has_a_summary(app: Flask, http):
    for path, operations in http.get("/openapi.json").json["paths"].items():
        for method, operation in operations.items():
            if method in {"get", "post", "put", "patch", "delete"}:
                assert operation.get("summary"), f"{method} {path}"
