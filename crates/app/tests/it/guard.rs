//! Who is let in, who is refused, and what every answer promises.

use axum::body::Body;
use axum::http::{Method, StatusCode};

use crate::web_support::{PORT, Shell};

/// Sends a page request with these headers instead of the usual ones.
async fn status(shell: &Shell, method: Method, headers: &[(&str, &str)]) -> StatusCode {
    let mut request = axum::http::Request::builder().method(method).uri("/page");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    shell
        .send(request.body(Body::empty()).expect("well formed"))
        .await
        .status
}

#[tokio::test]
async fn own_names_are_answered_and_others_refused() {
    let shell = Shell::new();
    let cookie = shell.cookie();
    for host in [
        "127.0.0.1:4000",
        "localhost:4000",
        "LOCALHOST:4000",
        "[::1]:4000",
    ] {
        let found = status(&shell, Method::GET, &[("host", host), ("cookie", &cookie)]).await;
        assert_eq!(found, StatusCode::OK, "{host}");
    }
    for host in [
        "evil.example:4000",
        "evil.example",
        "127.0.0.1",
        "localhost:4001",
        "localhost.evil.example:4000",
        "127.0.0.1:4000.evil.example",
        "192.168.0.1:4000",
        "",
    ] {
        let found = status(&shell, Method::GET, &[("host", host), ("cookie", &cookie)]).await;
        assert_eq!(found, StatusCode::FORBIDDEN, "{host}");
    }
}

#[tokio::test]
async fn two_hosts_or_none_are_refused() {
    let shell = Shell::new();
    let cookie = shell.cookie();
    let two = [
        ("host", "127.0.0.1:4000"),
        ("host", "evil.example"),
        ("cookie", &cookie),
    ];
    assert_eq!(
        status(&shell, Method::GET, &two).await,
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        status(&shell, Method::GET, &[("cookie", &cookie)]).await,
        StatusCode::FORBIDDEN
    );
}

#[tokio::test]
async fn an_absolute_address_cannot_name_another_host() {
    let shell = Shell::new();
    let request = shell
        .own(Method::GET, "http://evil.example/page")
        .body(Body::empty());
    let answer = shell.send(request.expect("well formed")).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn without_the_cookie_a_page_says_how_to_come_back() {
    let shell = Shell::new();
    let request = Shell::bare(Method::GET, "/page")
        .body(Body::empty())
        .expect("well formed");
    let answer = shell.send(request).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(
        answer.text.contains("Start Vouch once more"),
        "{}",
        answer.text
    );
    assert!(
        !answer.text.contains("a page"),
        "nothing of the page may show"
    );
    assert!(!answer.text.contains(shell.token()));
}

#[tokio::test]
async fn a_cookie_of_another_port_or_another_start_is_refused() {
    let shell = Shell::new();
    let other_start = Shell::new();
    for cookie in [
        format!("vouch_4001={}", shell.token()),
        format!("vouch={}", shell.token()),
        other_start.cookie(),
        format!("vouch_{PORT}="),
        format!("vouch_{PORT}={}", &shell.token()[1..]),
    ] {
        let headers = [("host", "127.0.0.1:4000"), ("cookie", cookie.as_str())];
        let found = status(&shell, Method::GET, &headers).await;
        assert_eq!(found, StatusCode::FORBIDDEN, "{cookie}");
    }
}

#[tokio::test]
async fn the_cookie_is_found_among_others() {
    let shell = Shell::new();
    let cookie = format!("vouch_theme=dark; vouch_4001=abc; {}; a=b", shell.cookie());
    let headers = [("host", "127.0.0.1:4000"), ("cookie", cookie.as_str())];
    assert_eq!(status(&shell, Method::GET, &headers).await, StatusCode::OK);
}

#[tokio::test]
async fn the_token_becomes_a_cookie_and_leaves_the_address() {
    let shell = Shell::new();
    let token = shell.token();
    for (asked, wanted) in [
        (format!("/?token={token}"), "/"),
        (format!("/enter?token={token}"), "/"),
        (
            format!("/people?tag=mentor&token={token}&state=NY"),
            "/people?tag=mentor&state=NY",
        ),
        (format!("//evil.example/?token={token}"), "/"),
    ] {
        let request = Shell::bare(Method::GET, &asked)
            .body(Body::empty())
            .expect("well formed");
        let answer = shell.send(request).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{asked}");
        assert_eq!(answer.header("location"), Some(wanted));
        let cookie = format!("vouch_{PORT}={token}; HttpOnly; SameSite=Strict; Path=/");
        assert_eq!(answer.header("set-cookie"), Some(cookie.as_str()));
    }
}

#[tokio::test]
async fn a_wrong_token_sets_no_cookie() {
    let shell = Shell::new();
    let wrong = "0".repeat(shell.token().len());
    for asked in [format!("/?token={wrong}"), "/?token=".to_owned()] {
        let request = Shell::bare(Method::GET, &asked)
            .body(Body::empty())
            .expect("well formed");
        let answer = shell.send(request).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert_eq!(answer.header("set-cookie"), None);
    }
}

#[tokio::test]
async fn changes_come_from_own_pages_only() {
    let shell = Shell::new();
    let cookie = shell.cookie();
    let own = "http://127.0.0.1:4000";
    let passes: [&[(&str, &str)]; 4] = [
        &[("origin", own), ("sec-fetch-site", "same-origin")],
        &[("origin", own)],
        &[("sec-fetch-site", "same-origin")],
        &[("origin", "null"), ("sec-fetch-site", "same-origin")],
    ];
    let refused: [&[(&str, &str)]; 9] = [
        &[],
        &[("origin", "https://evil.example")],
        &[
            ("origin", "https://evil.example"),
            ("sec-fetch-site", "cross-site"),
        ],
        &[
            ("origin", "http://127.0.0.1:4001"),
            ("sec-fetch-site", "same-site"),
        ],
        &[("origin", "http://localhost:4000")],
        &[("origin", "https://127.0.0.1:4000")],
        &[("origin", "null")],
        &[("origin", own), ("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "none")],
    ];
    for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
        for (cases, expected) in [(&passes[..], true), (&refused[..], false)] {
            for case in cases {
                let mut headers = vec![("host", "127.0.0.1:4000"), ("cookie", &cookie)];
                headers.extend_from_slice(case);
                let found = status(&shell, method.clone(), &headers).await;
                assert_eq!(
                    found != StatusCode::FORBIDDEN,
                    expected,
                    "{method} {case:?}"
                );
            }
        }
    }
}

#[tokio::test]
async fn a_refused_change_says_that_nothing_changed() {
    let shell = Shell::new();
    let request = Shell::bare(Method::POST, "/page")
        .header("cookie", shell.cookie())
        .header("origin", "https://evil.example")
        .body(Body::empty())
        .expect("well formed");
    let answer = shell.send(request).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(
        answer.text.contains("Nothing was changed"),
        "{}",
        answer.text
    );
}

#[tokio::test]
async fn other_pages_may_link_here_but_not_embed() {
    let shell = Shell::new();
    let cookie = shell.cookie();
    let base = [("host", "127.0.0.1:4000"), ("cookie", cookie.as_str())];
    for (mode, site, expected) in [
        ("navigate", "cross-site", StatusCode::OK),
        ("navigate", "none", StatusCode::OK),
        ("cors", "same-origin", StatusCode::OK),
        ("no-cors", "cross-site", StatusCode::FORBIDDEN),
        ("no-cors", "same-site", StatusCode::FORBIDDEN),
        ("cors", "same-site", StatusCode::FORBIDDEN),
    ] {
        let mut headers = base.to_vec();
        headers.extend([("sec-fetch-mode", mode), ("sec-fetch-site", site)]);
        assert_eq!(
            status(&shell, Method::GET, &headers).await,
            expected,
            "{mode} {site}"
        );
    }
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let shell = Shell::new();
    let stylesheet = app::web::assets::url("base.css");
    let foreign = Shell::bare(Method::GET, "/page").header("host", "evil.example");
    let no_cookie = Shell::bare(Method::GET, "/page");
    let entering = Shell::bare(Method::GET, "/?token=0");
    for request in [
        shell.own(Method::GET, "/page"),
        shell.own(Method::GET, "/nowhere"),
        shell.own(Method::GET, "/panic"),
        shell.own(Method::DELETE, "/page"),
        shell.own(Method::GET, &stylesheet),
        foreign,
        no_cookie,
        entering,
    ] {
        let request = request.body(Body::empty()).expect("well formed");
        let asked = request.uri().clone();
        let answer = shell.send(request).await;
        let policy = answer.header("content-security-policy").unwrap_or_default();
        for part in [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            "font-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ] {
            assert!(
                policy.split("; ").any(|it| it == part),
                "{asked}: {part} in {policy}"
            );
        }
        assert!(
            !policy.contains("unsafe") && !policy.contains('*'),
            "{policy}"
        );
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{asked}: {name}");
        }
        if asked.path() != stylesheet {
            assert_eq!(answer.header("cache-control"), Some("no-store"), "{asked}");
        }
    }
}

#[tokio::test]
async fn tokens_differ_and_stay_out_of_debug_output() {
    let guards: Vec<_> = (0..8)
        .map(|_| app::web::guard::Guard::new(PORT).expect("random bytes"))
        .collect();
    for guard in &guards {
        assert_eq!(guard.token().len(), 64);
        assert!(!format!("{guard:?}").contains(guard.token()));
        assert_eq!(
            guards
                .iter()
                .filter(|it| it.token() == guard.token())
                .count(),
            1
        );
    }
}
