use super::*;
use pilothouse_service::types::Function;

#[test]
fn keys_of_functions_are_normalized() {
    for (key, id) in [
        ("hello", "HelloLambdaFunction"),
        ("hello-world", "HelloDashworldLambdaFunction"),
        ("hello_world2", "HelloUnderscoreworld2LambdaFunction"),
        ("FooBar", "FooBarLambdaFunction"),
        ("a1", "A1LambdaFunction"),
        ("-x", "DashxLambdaFunction"),
    ] {
        assert_eq!(function_id(key), id);
    }
}

#[test]
fn paths_are_normalized() {
    for (path, id) in [
        ("hello", "ApiGatewayResourceHello"),
        ("users/{id}", "ApiGatewayResourceUsersIdVar"),
        (
            "users/{id}/orders/{oid}",
            "ApiGatewayResourceUsersIdVarOrdersOidVar",
        ),
        ("{proxy+}", "ApiGatewayResourceProxyVar"),
        ("a-b/c_d/e.f", "ApiGatewayResourceADashbCdEf"),
        ("fooBar", "ApiGatewayResourceFoobar"),
        ("{userId}", "ApiGatewayResourceUseridVar"),
        ("{a}-{b}", "ApiGatewayResourceADashbVar"),
        (".well-known", "ApiGatewayResourceWellDashknown"),
        ("", "ApiGatewayResource"),
    ] {
        assert_eq!(resource_id(path), id, "{path}");
    }
}

#[test]
fn methods_and_routes_are_named_by_path_and_verb() {
    assert_eq!(method_id("", "any"), "ApiGatewayMethodAny");
    assert_eq!(method_id("hello", "get"), "ApiGatewayMethodHelloGet");
    assert_eq!(method_id("{proxy+}", "ANY"), "ApiGatewayMethodProxyVarAny");
    for (route, id) in [
        ("*", "HttpApiRouteDefault"),
        ("GET /hello", "HttpApiRouteGetHello"),
        ("POST /x/{id}", "HttpApiRoutePostXIdVar"),
        ("PUT /x/{id}/y-z", "HttpApiRoutePutXIdVarYDashz"),
        ("ANY /bar/{proxy+}", "HttpApiRouteAnyBarProxyVar"),
        ("GET /", "HttpApiRouteGet"),
    ] {
        assert_eq!(http_api_route_id(route), id);
    }
}

#[test]
fn names_that_the_user_chose_are_kept() {
    let mut service = Service {
        name: "my-shop".into(),
        stage: "dev".into(),
        ..Service::default()
    };
    service.functions.insert("a".into(), Function::default());
    assert_eq!(stack_name(&service), "my-shop-dev");
    assert_eq!(function_name(&service, "a"), "my-shop-dev-a");
    assert_eq!(rest_api_name(&service), "dev-my-shop");
    assert_eq!(http_api_name(&service), "dev-my-shop");
    assert_eq!(validator_id(&service), "ApiGatewayMyshopRequestValidator");
    assert_eq!(export_name(&service, "X"), "sls-my-shop-dev-X");

    service.provider.stack_name = Some("stack".into());
    service.provider.api_gateway.should_start_name_with_service = true;
    service.provider.http_api.name = Some("api".into());
    if let Some(function) = service.functions.get_mut("a") {
        function.name = Some("mine".into());
    }
    assert_eq!(stack_name(&service), "stack");
    assert_eq!(function_name(&service, "a"), "mine");
    assert_eq!(rest_api_name(&service), "my-shop-dev");
    assert_eq!(http_api_name(&service), "api");
    service.provider.api_name = Some("rest".into());
    assert_eq!(rest_api_name(&service), "rest");
}
