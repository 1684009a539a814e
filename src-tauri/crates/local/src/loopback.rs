//! Asking the servers of this computer whether they answer.

use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::time::Duration;

use pilothouse_effects::{Effect, Loopback};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// The longest that a healthy server on this computer takes to answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// The loopback address of this computer.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemLoopback;

impl Loopback for SystemLoopback {
    fn free_port(&self, wished: Option<u16>) -> io::Result<u16> {
        let try_port = |port: u16| {
            TcpListener::bind((Ipv4Addr::LOCALHOST, port))
                .and_then(|listener| Ok(listener.local_addr()?.port()))
        };
        match wished.map(try_port) {
            Some(Ok(port)) => Ok(port),
            _ => try_port(0),
        }
    }

    fn http_answers<'a>(&'a self, port: u16, path: &'a str) -> Effect<'a, bool> {
        Box::pin(async move {
            let request = format!(
                "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
            );
            let mut answer = [0; 12];
            exchange(port, request.as_bytes(), &mut answer).await && answer.ends_with(b" 200")
        })
    }

    fn postgres_answers(&self, port: u16) -> Effect<'_, bool> {
        Box::pin(async move {
            let mut answer = [0; 1];
            // `R` asks for a password or lets in; `E` says that it is still starting, among others.
            exchange(port, &start_of_session(), &mut answer).await && answer == *b"R"
        })
    }
}

/// The first message of a PostgreSQL client: length, protocol 3.0, who, end.
fn start_of_session() -> Vec<u8> {
    let body = b"\0\x03\0\0user\0postgres\0database\0postgres\0\0";
    let length = u32::try_from(body.len() + 4).unwrap_or_default();
    let mut message = length.to_be_bytes().to_vec();
    message.extend_from_slice(body);
    message
}

async fn exchange(port: u16, request: &[u8], answer: &mut [u8]) -> bool {
    let talk = async {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await?;
        stream.write_all(request).await?;
        stream.read_exact(answer).await
    };
    matches!(timeout(PATIENCE, talk).await, Ok(Ok(_)))
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};

    use super::*;

    /// A server that takes one client, reads something and says `answer`.
    fn server(answer: &'static [u8]) -> u16 {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let _ = stream.read(&mut [0; 200]).unwrap();
            stream.write_all(answer).unwrap();
        });
        port
    }

    #[tokio::test]
    async fn only_a_200_counts_as_an_answer() {
        let port = server(b"HTTP/1.1 200 OK\r\n\r\n");
        assert!(SystemLoopback.http_answers(port, "/").await);
        let port = server(b"HTTP/1.1 503 Service Unavailable\r\n\r\n");
        assert!(!SystemLoopback.http_answers(port, "/").await);
    }

    #[tokio::test]
    async fn nothing_there_is_no_answer() {
        let port = SystemLoopback.free_port(None).unwrap();
        assert!(!SystemLoopback.http_answers(port, "/").await);
        assert!(!SystemLoopback.postgres_answers(port).await);
    }

    #[tokio::test]
    async fn a_database_that_still_starts_does_not_answer_yet() {
        let port = server(b"E\0\0\0\x55SFATAL\0C57P03\0");
        assert!(!SystemLoopback.postgres_answers(port).await);
        let port = server(b"R\0\0\0\x17\0\0\0\x0aSCRAM-SHA-256\0\0");
        assert!(SystemLoopback.postgres_answers(port).await);
    }

    #[test]
    fn a_wished_port_is_given_when_it_is_free_and_another_when_it_is_taken() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        assert_ne!(SystemLoopback.free_port(Some(port)).unwrap(), port);
        drop(taken);
        assert_eq!(SystemLoopback.free_port(Some(port)).unwrap(), port);
    }

    #[test]
    fn the_start_of_a_session_carries_its_own_length() {
        let message = start_of_session();
        let length = u32::from_be_bytes(message[..4].try_into().unwrap());
        assert_eq!(length as usize, message.len());
    }
}
