//! Starting, crashing, being killed, stopping.

use std::net::{Ipv4Addr, TcpListener, TcpStream, UdpSocket};
use std::process::Stdio;

use serde_json::{Value, json};

use crate::place::{CANARY, Place, is_running, kill, parameters, ports, until, url};

#[test]
fn a_second_start_finds_the_first() {
    let place = Place::new();
    place.succeeds(&["sandbox", "up"]);
    let first = place.processes();
    let told = place.succeeds(&["sandbox", "up"]);
    assert!(!told.contains("Starting"), "{told}");
    assert_eq!(place.processes(), first);
}

#[test]
fn two_starts_at_once_give_one_server() {
    let place = Place::new();
    let begun: Vec<_> = (0..2)
        .map(|_| {
            let mut command = place.command(&["sandbox", "up", "--json"]);
            command.stdout(Stdio::piped()).stderr(Stdio::piped());
            command.spawn().expect("the command starts")
        })
        .collect();
    let servers: Vec<Value> = begun
        .into_iter()
        .map(|child| {
            let output = child.wait_with_output().expect("it ends");
            let told = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{told}");
            let status: Value = serde_json::from_slice(&output.stdout).expect("JSON");
            status["running"]["pid"].clone()
        })
        .collect();
    assert!(servers[0].is_u64(), "{servers:?}");
    assert_eq!(servers[0], servers[1]);
}

#[test]
fn no_other_computer_can_reach_it() {
    let place = Place::new();
    place.succeeds(&["sandbox", "up"]);
    let status = place.status();
    // The address that this computer would speak from: nothing is sent.
    let socket = UdpSocket::bind("0.0.0.0:0").expect("a socket");
    socket.connect("192.0.2.1:9").expect("a route to elsewhere");
    let own = socket.local_addr().expect("an address").ip();
    assert!(
        !own.is_loopback(),
        "this computer has no address but the loopback"
    );
    for port in ports(&status) {
        assert!(
            TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok(),
            "{port} answers on the loopback"
        );
        assert!(
            TcpStream::connect((own, port)).is_err(),
            "{port} answers on {own} too"
        );
    }
    for address in status["running"]["listensOn"].as_array().expect("a list") {
        let address = address.as_str().expect("text");
        assert!(address.starts_with("127.0.0.1:"), "{address}");
    }
}

#[test]
fn a_part_that_is_killed_is_started_again_on_its_port() {
    let place = Place::new();
    place.succeeds(&["sandbox", "up"]);
    let before = place.status();
    kill(place.processes().aws.expect("the local AWS"));
    let after = place.status_until("running again after the local AWS was killed", |status| {
        status["running"]["restarts"] == 1 && is_running(status)
    });
    assert_eq!(ports(&after), ports(&before));
    kill(place.processes().postgres.expect("the database"));
    let after = place.status_until("running again after the database was killed", |status| {
        status["running"]["restarts"] == 2 && is_running(status)
    });
    assert_eq!(ports(&after), ports(&before));
    assert_eq!(after["running"]["pid"], before["running"]["pid"]);
}

#[test]
fn a_part_that_never_stays_up_is_given_up_and_the_reason_told() {
    let place = Place::new();
    place.succeeds(&["sandbox", "up"]);
    let ports = ports(&place.status());
    let mut killed = None;
    let status = place.status_until("given up", |status| {
        if status["standing"] == "running" || status["standing"] == "starting" {
            let aws = place
                .processes()
                .aws
                .filter(|_| status["running"].is_object());
            if let Some(aws) = aws.filter(|aws| killed != Some(*aws)) {
                killed = Some(aws);
                kill(aws);
            }
        }
        status["standing"] == "failed"
    });
    let reason = status["reason"].as_str().expect("a reason");
    assert!(reason.contains("local AWS does not stay up"), "{reason}");
    for port in ports {
        assert!(
            TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err(),
            "{port} answers"
        );
    }
    place.succeeds(&["sandbox", "up"]);
    assert!(is_running(&place.status()));
}

#[test]
fn a_server_that_is_killed_leaves_nobody_listening_and_the_next_start_works() {
    let place = Place::new();
    place.succeeds(&["sandbox", "up"]);
    let before = place.status();
    kill(place.processes().server);
    for port in ports(&before) {
        until("nobody listens", || {
            TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err()
        });
    }
    assert_eq!(place.status()["standing"], "stopped");
    place.succeeds(&["sandbox", "up"]);
    let after = place.status();
    assert!(is_running(&after));
    assert_eq!(
        ports(&after),
        ports(&before),
        "addresses stay the same when they can"
    );
}

#[test]
fn a_port_that_somebody_took_is_replaced() {
    let place = Place::new();
    place.succeeds(&["sandbox", "up"]);
    let [aws, postgres] = ports(&place.status());
    place.succeeds(&["sandbox", "down"]);
    let _taken = TcpListener::bind((Ipv4Addr::LOCALHOST, aws)).expect("the port is free");
    place.succeeds(&["sandbox", "up"]);
    let [aws_now, postgres_now] = ports(&place.status());
    assert_ne!(aws_now, aws);
    assert_eq!(postgres_now, postgres);
}

fn put(url: &str) {
    let body = json!({"Name": "/kept", "Value": "yes", "Type": "String"});
    parameters(url, "PutParameter", &body).expect("the parameter is stored");
}

fn is_there(url: &str) -> bool {
    parameters(url, "GetParameter", &json!({"Name": "/kept"}))
        .is_ok_and(|answer| answer["Parameter"]["Value"] == "yes")
}

#[test]
fn what_is_in_it_is_gone_after_a_stop_unless_it_is_kept() {
    let place = Place::new();
    place.succeeds(&["sandbox", "up"]);
    put(&url(&place.status()));
    place.succeeds(&["sandbox", "down"]);
    place.succeeds(&["sandbox", "up"]);
    assert!(!is_there(&url(&place.status())), "the sandbox begins empty");

    // Asked for while it runs, it holds from then on.
    place.succeeds(&["sandbox", "up", "--keep-state"]);
    put(&url(&place.status()));
    let database = place.data("sandbox/state/postgres/PG_VERSION");
    let made = std::fs::metadata(&database)
        .expect("a database")
        .modified()
        .expect("a time");
    place.succeeds(&["sandbox", "down"]);
    place.succeeds(&["sandbox", "up"]);
    assert!(is_there(&url(&place.status())), "the parameter was kept");
    let now = std::fs::metadata(&database)
        .expect("a database")
        .modified()
        .expect("a time");
    assert_eq!(now, made, "the database is the same");
    assert_eq!(place.status()["keepsState"], true);

    place.succeeds(&["sandbox", "reset"]);
    let status = place.status();
    assert!(is_running(&status), "it ran, so it runs again");
    assert_eq!(status["untilDown"], true);
    assert!(!is_there(&url(&status)), "reset leaves nothing");
}

#[test]
fn it_ends_a_while_after_the_last_command_that_used_it() {
    let place = Place::new().with("PILOTHOUSE_SANDBOX_IDLE", "1");
    let project = pilothouse_tests::repository().join("examples/hello-world");
    let project = project.to_str().expect("text").to_owned();
    place.succeeds(&["deploy", "--sandbox", "--yes", "--dir", &project]);
    let status = place.status_until("stopped", |status| status["standing"] == "stopped");
    assert_eq!(status["untilDown"], false);
    assert_eq!(status["usedBy"], json!([]));
}

#[test]
fn taking_down_what_does_not_run_is_no_failure() {
    let place = Place::new();
    place.succeeds(&["sandbox", "down"]);
    place.succeeds(&["sandbox", "reset"]);
    assert_eq!(place.status()["standing"], "stopped");
}

#[test]
fn a_function_sees_nothing_of_the_users_environment() {
    let place = Place::new();
    let project = pilothouse_tests::repository().join("examples/hello-world");
    let project = project.to_str().expect("text").to_owned();
    place.succeeds(&["sandbox", "up"]);
    place.succeeds(&["deploy", "--sandbox", "--yes", "--dir", &project]);
    place.succeeds(&["invoke", "hello", "--sandbox", "--dir", &project]);
    let server = place.processes().server;
    let programs = crate::descendants(u64::from(server));
    let mut functions = 0;
    for program in programs.iter().skip(1) {
        let read = |name| {
            let bytes = std::fs::read(format!("/proc/{program}/{name}")).unwrap_or_default();
            String::from_utf8_lossy(&bytes).into_owned()
        };
        assert!(
            !read("environ").contains(CANARY),
            "{} sees it",
            read("cmdline")
        );
        functions +=
            usize::from(read("environ").contains("AWS_LAMBDA_FUNCTION_NAME=hello-world-dev-hello"));
    }
    assert!(functions > 0, "the function still waits for its next call");
}

#[test]
fn the_logs_hold_what_each_part_wrote() {
    let place = Place::new();
    place.succeeds(&["sandbox", "up"]);
    let output = place.run(&["sandbox", "logs"]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let said = |source: &str, words: &str| {
        text.lines()
            .any(|line| line.starts_with(source) && line.contains(words))
    };
    assert!(said("postgres", "ready to accept connections"), "{text}");
    assert!(said("aws", "Running on http://127.0.0.1"), "{text}");
}
