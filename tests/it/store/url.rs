//! The database is named, never guessed, and a password is never shown.

use std::path::Path;

use zhuchao::store::{Address, BAD_URL, NOT_BUILT, Store, StoreError, UNREACHABLE};

fn path_of(url: &str) -> String {
    match Address::read(url) {
        Ok(Address::Sqlite(path)) => path.display().to_string(),
        other => panic!("{url}: {other:?}"),
    }
}

#[test]
fn sqlite_urls() {
    assert_eq!(path_of("sqlite:zhuchao.db"), "./zhuchao.db");
    assert_eq!(path_of("sqlite:file:x"), "./file:x");
    assert_eq!(path_of("sqlite:/var/lib/z.db"), "/var/lib/z.db");
    assert_eq!(path_of("sqlite:///var/lib/z.db"), "/var/lib/z.db");
}

#[test]
fn what_is_not_a_url_is_refused() {
    for url in [
        "",
        "zhuchao.db",
        "sqlite:",
        "sqlite://",
        "sqlite://rel/z.db",
        "sqlite:dir/",
        "sqlite::memory:",
        "mysql://h/d",
        "POSTGRES://h/d",
        " postgres://h/d",
        "sqlite:a\0b",
    ] {
        let error = Address::read(url).expect_err(url);
        assert_eq!(error.code(), BAD_URL, "{url:?}");
        assert!(matches!(error, StoreError::Unsupported(_)));
        assert!(error.fault().action.contains("sqlite:"), "the fix is said");
    }
}

#[test]
fn a_password_is_never_shown() {
    for url in [
        "postgres://me:s3cr%40t@host:5432/db?sslmode=require",
        "postgresql://me@host:5432/db?password=s3cr%40t&sslmode=require",
    ] {
        let shown = Address::read(url).expect("a URL").public();
        assert!(!shown.contains("s3cr"), "{shown}");
        assert!(
            shown.ends_with("://me@host:5432/db?sslmode=require"),
            "{shown}"
        );
    }
    let plain = "postgres://host/db";
    assert_eq!(
        Address::read(plain).map(|a| a.public()),
        Ok(plain.to_owned())
    );
}

#[test]
fn an_unreachable_database_is_said_so() {
    let nowhere = Store::open("sqlite:///nowhere/at/all.db")
        .map(drop)
        .expect_err("no such folder");
    assert_eq!(nowhere.code(), UNREACHABLE);
    assert!(!Path::new("/nowhere").exists());
    let error = Store::open("postgres://me:s3cret@/db?host=/nowhere")
        .map(drop)
        .expect_err("no server");
    let wanted = if cfg!(feature = "postgres") {
        UNREACHABLE
    } else {
        NOT_BUILT
    };
    assert_eq!(error.code(), wanted);
    assert!(!error.to_string().contains("s3cret"));
}
