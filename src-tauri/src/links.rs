//! Where the window may go, and what it may have the system's browser open.

use url::Url;

/// Whether the window may show an address: the app's own pages, and nothing else.
pub(crate) fn may_show(url: &Url) -> bool {
    match (url.scheme(), url.host_str()) {
        ("tauri", Some("localhost")) => true,
        // Windows serves the app's pages so.
        ("http", Some("tauri.localhost")) => cfg!(windows),
        // The development server, in a build for development alone.
        ("http", Some("127.0.0.1")) => {
            cfg!(debug_assertions) && cfg!(not(feature = "custom-protocol"))
        }
        _ => false,
    }
}

/// Whether the system's browser may be asked to open an address.
pub(crate) fn may_open(address: &str) -> bool {
    let Ok(url) = Url::parse(address) else {
        return false;
    };
    let is_web = matches!(url.scheme(), "http" | "https") && url.host_str().is_some();
    is_web && url.username().is_empty() && url.password().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_shows_the_apps_own_pages_and_nothing_else() {
        for (address, may) in [
            ("tauri://localhost", true),
            ("tauri://localhost/index.html#/plan/1", true),
            ("tauri://evil.example", false),
            ("https://tauri.localhost", false),
            ("http://localhost", false),
            ("http://127.0.0.1:1420", false),
            ("https://example.com", false),
            ("file:///etc/passwd", false),
            ("data:text/html,<script>1</script>", false),
            ("javascript:alert(1)", false),
            ("blob:tauri://localhost/1", false),
            ("about:blank", false),
        ] {
            let url = Url::parse(address).expect("an address");
            assert_eq!(may_show(&url), may, "{address}");
        }
    }

    #[test]
    fn only_addresses_of_the_web_are_opened() {
        for (address, may) in [
            (
                "https://a1.execute-api.eu-west-1.amazonaws.com/dev/hello",
                true,
            ),
            (
                "http://127.0.0.1:4566/restapis/a/dev/_user_request_/hello",
                true,
            ),
            ("https://user:secret@example.com", false),
            ("file:///etc/passwd", false),
            ("smb://host/share", false),
            ("nfs://host/share", false),
            ("javascript:alert(1)", false),
            ("mailto:a@example.com", false),
            ("ms-settings:", false),
            ("x-terminal:rm", false),
            ("", false),
            ("/etc/passwd", false),
        ] {
            assert_eq!(may_open(address), may, "{address}");
        }
    }
}
