//! What events of WebSocket APIs, load balancers and CloudFront own.

use pilothouse_service::types::{AlbEvent, Event, WebsocketEvent};

use crate::naming;

/// The logical ids of the resources that stand for an event, each with what people call it; none when the event is of
/// another kind.
pub(super) fn of_event(key: &str, event: &Event) -> Option<Vec<(String, String)>> {
    Some(match event {
        Event::Websocket(event) => of_route(key, event),
        Event::Alb(event) => of_listener(key, event),
        Event::CloudFront(_) => vec![(
            naming::edge_permission_id(key),
            format!("permission of CloudFront to call {key}"),
        )],
        _ => return None,
    })
}

fn of_route(key: &str, event: &WebsocketEvent) -> Vec<(String, String)> {
    let route = &event.route;
    let mut owned = vec![
        (naming::websocket_route_id(route), route.clone()),
        (
            naming::websocket_integration_id(key),
            format!("how messages reach {key}"),
        ),
    ];
    if event.responds {
        let id = naming::websocket_response_id(route);
        owned.push((id, format!("answers to {route}")));
    }
    if let Some(authorizer) = &event.authorizer {
        let id = naming::websocket_authorizer_id(&authorizer.name);
        owned.push((id, format!("authorizer {}", authorizer.name)));
    }
    owned
}

fn of_listener(key: &str, event: &AlbEvent) -> Vec<(String, String)> {
    let mut owned = vec![(
        naming::listener_rule_id(key, event.priority),
        format!("rule {} for {key}", event.priority),
    )];
    if let Some((balancer, _)) = event.balancer_and_listener() {
        let id = naming::target_group_id(key, balancer, event.multi_value_headers);
        owned.push((id, format!("target group of {key}")));
    }
    owned
}
