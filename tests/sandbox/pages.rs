//! Web pages of other sites must not reach it: it runs the code it is given.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};

use crate::place::{Place, ports};

/// The status of the answer to a request with these lines of its head.
fn status(port: u16, request: &str, head: &[&str]) -> u16 {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).expect("it listens");
    let head = head.join("\r\n");
    let request =
        format!("{request} HTTP/1.1\r\n{head}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("it is sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    let word = answer.split(' ').nth(1).expect("a status");
    word.parse().expect("a number")
}

#[test]
fn a_page_of_another_site_is_refused_and_a_program_is_not() {
    let place = Place::new();
    place.succeeds(&["sandbox", "up"]);
    let [port, _] = ports(&place.status());
    let here = format!("Host: 127.0.0.1:{port}");
    let functions = "GET /2015-03-31/functions/";
    let cases: &[(&str, &[&str], u16)] = &[
        ("a program", &[&here], 200),
        (
            "a page of another site",
            &[&here, "Sec-Fetch-Site: cross-site"],
            403,
        ),
        (
            "a page of another site in an older browser",
            &[&here, "Origin: https://elsewhere.example"],
            403,
        ),
        ("a page without an origin", &[&here, "Origin: null"], 403),
        (
            "a page of a site whose name was made to lead here",
            &["Host: elsewhere.example", "Sec-Fetch-Site: same-origin"],
            403,
        ),
        (
            "the same with a name that looks like an address",
            &[
                "Host: 127.0.0.1.elsewhere.example",
                "Origin: http://127.0.0.1.elsewhere.example",
            ],
            403,
        ),
        (
            "a page of another site at a name that only looks like a gateway's",
            &[
                "Host: x.execute-api.localhost",
                "Sec-Fetch-Site: cross-site",
            ],
            403,
        ),
        (
            "a page under development on this computer",
            &[
                &here,
                "Sec-Fetch-Site: same-site",
                "Origin: http://localhost:3000",
            ],
            200,
        ),
        (
            "an older browser's page on this computer",
            &[&here, "Origin: http://[::1]:3000"],
            200,
        ),
        (
            "the user, by typing the address",
            &[&here, "Sec-Fetch-Site: none"],
            200,
        ),
    ];
    for (who, head, expected) in cases {
        assert_eq!(status(port, functions, head), *expected, "{who}");
    }
}

#[test]
fn a_deployed_gateway_answers_pages_of_other_sites_for_it_has_cors_of_its_own() {
    let place = Place::new();
    place.succeeds(&["sandbox", "up"]);
    let [port, _] = ports(&place.status());
    let here = format!("Host: 127.0.0.1:{port}");
    let foreign: &[&str] = &[&here, "Sec-Fetch-Site: cross-site"];
    // There is no such gateway: it is asked, and says so.
    assert_eq!(
        status(
            port,
            "GET /restapis/0a1b2c3d/dev/_user_request_/hello",
            foreign
        ),
        404
    );
    // Making one is another matter, however the path is bent.
    assert_eq!(
        status(port, "POST /restapis/x/_user_request_", foreign),
        403
    );
    assert_eq!(
        status(port, "POST /restapis?/_user_request_/", foreign),
        403
    );
}
