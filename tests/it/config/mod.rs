//! Configuration: defaults < file < environment < flags, and what is refused.

use zhuchao::config::{
    BAD_FILE, BAD_VALUE, Layer, Limits, NO_PROXY, Network, OPEN_ADDRESS, UNKNOWN_VARIABLE,
};
use zhuchao::domain::fault::{Code, Faults};

fn environment(pairs: &[(&str, &str)]) -> Result<Layer, Faults> {
    Layer::environment(
        pairs
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned())),
    )
}

fn codes(faults: &Faults) -> Vec<Code> {
    faults.0.iter().map(|f| f.code).collect()
}

#[test]
fn each_layer_lies_over_the_one_before() {
    let file = "database_url = \"sqlite:f\"\nopen_listen = true\nlisten = \"127.0.0.1:1\"";
    let file = Layer::file(file, "c.toml").expect("it is right");
    let pairs = [
        ("DATABASE_URL", "sqlite:e"),
        ("ZHUCHAO_LISTEN", "127.0.0.1:2"),
        ("PATH", "/bin"),
    ];
    let environment = environment(&pairs).expect("it is right");
    let flags = Layer {
        listen: Some("127.0.0.1:3".to_owned()),
        workers_inside: Some(0),
        ..Layer::default()
    };
    let defaults = Layer::defaults("home");
    let plain = defaults.clone().finish().expect("it is whole");
    assert_eq!(plain.database_url, "sqlite:home/zhuchao.sqlite");
    assert_eq!(plain.workers_inside, 1);
    let config = defaults
        .under(file)
        .under(environment)
        .under(flags)
        .finish()
        .expect("it is whole");
    assert_eq!(config.database_url, "sqlite:e");
    assert_eq!((config.open_listen, config.listen.port()), (true, 3));
    assert_eq!(config.workers_inside, 0);
}

#[test]
fn a_misspelt_key_is_refused_in_file_and_environment() {
    let file = Layer::file("listens = 3", "c.toml").expect_err("the key does not exist");
    assert_eq!(codes(&file), [BAD_FILE]);
    assert_eq!(file.0[0].place.source.as_deref(), Some("c.toml"));
    let environment = environment(&[("ZHUCHAO_LISTENS", "3"), ("ZHUCHAO_DATABASE", "4")])
        .expect_err("no such settings");
    assert_eq!(codes(&environment), [UNKNOWN_VARIABLE, UNKNOWN_VARIABLE]);
}

#[test]
fn a_value_of_the_wrong_kind_is_refused() {
    let refused = environment(&[("ZHUCHAO_OPEN_LISTEN", "perhaps")]).expect_err("not a number");
    assert_eq!(codes(&refused), [BAD_VALUE]);
    assert_eq!(BAD_VALUE.0, "CF102");
    let refused = Layer {
        listen: Some("everywhere".to_owned()),
        ..Layer::defaults("h")
    }
    .finish();
    assert_eq!(codes(&refused.expect_err("not an address")), [BAD_VALUE]);
    assert_eq!(
        codes(&Layer::default().finish().expect_err("nothing is set")),
        [BAD_VALUE]
    );
}

#[test]
fn an_address_that_others_reach_must_be_asked_for() {
    let open = Layer {
        listen: Some("0.0.0.0:8080".to_owned()),
        ..Layer::defaults("h")
    };
    assert_eq!(
        codes(&open.clone().finish().expect_err("it is open")),
        [OPEN_ADDRESS]
    );
    let asked = Layer {
        open_listen: Some(true),
        ..open
    };
    assert_eq!(
        codes(&asked.clone().finish().expect_err("who ends TLS?")),
        [NO_PROXY]
    );
    let behind = Layer {
        trusted_proxies: Some(vec!["10.0.0.5".to_owned()]),
        ..asked
    };
    assert!(behind.finish().is_ok());
}

#[test]
fn networks_are_read_and_hold_their_addresses() {
    let network = |text: &str| text.parse::<Network>();
    let holds = |text: &str, ip: &str| {
        let ip = ip.parse().expect("an address");
        network(text).is_ok_and(|n| n.contains(ip))
    };
    assert!(holds("10.0.0.0/8", "10.9.8.7") && !holds("10.0.0.0/8", "11.0.0.1"));
    assert!(holds("10.0.0.5", "10.0.0.5") && !holds("10.0.0.5", "10.0.0.4"));
    assert!(
        holds("10.0.0.5", "::ffff:10.0.0.5"),
        "the same in other clothes"
    );
    assert!(holds("fd00::/8", "fd12::1") && !holds("fd00::/8", "10.0.0.1"));
    assert!(holds("0.0.0.0/0", "203.0.113.9"));
    for bad in [
        "",
        "10.0.0.0/33",
        "10.0.0/8",
        "::/129",
        "proxy",
        "10.0.0.0/",
    ] {
        assert!(network(bad).is_err(), "{bad}");
    }
}

#[test]
fn proxies_and_limits_are_settings() {
    let file = "trusted_proxies = [\"10.0.0.0/8\"]\n[limits]\nread = 7\nact = 8";
    let file = Layer::file(file, "c.toml").expect("it is right");
    let pairs = [
        ("ZHUCHAO_LIMITS_READ", "0"),
        ("ZHUCHAO_TRUSTED_PROXIES", "127.0.0.1, ::1"),
    ];
    let config = Layer::defaults("h")
        .under(file)
        .under(environment(&pairs).expect("it is right"))
        .finish()
        .expect("it is whole");
    let usual = Limits::default();
    assert_eq!((config.limits.read, config.limits.act), (0, 8));
    assert_eq!(config.limits.sign_in, usual.sign_in);
    assert_eq!(config.trusted_proxies.len(), 2);
    let wrong = Layer {
        trusted_proxies: Some(vec!["proxy".to_owned()]),
        ..Layer::defaults("h")
    };
    assert_eq!(codes(&wrong.finish().expect_err("a name")), [BAD_VALUE]);
}

#[test]
fn what_stands_around_the_pages_is_a_setting() {
    let file = "base_path = \"portal/zhuchao/\"\nhosts = [\"Demo.Example:80\"]\n[footer]\nicp = \"1\"\ncontact = \"2\"";
    let file = Layer::file(file, "c.toml").expect("it is right");
    let pairs = [
        ("ZHUCHAO_FOOTER_ICP", "3"),
        ("ZHUCHAO_FOOTER_ORGANISER", "4"),
    ];
    let config = Layer::defaults("h")
        .under(file)
        .under(environment(&pairs).expect("it is right"))
        .finish()
        .expect("it is whole");
    assert_eq!(config.base_path, "/portal/zhuchao");
    assert_eq!(config.hosts, ["demo.example:80"]);
    let footer = config.footer;
    assert_eq!(
        (
            footer.icp.as_str(),
            footer.contact.as_str(),
            footer.organiser.as_str()
        ),
        ("3", "2", "4")
    );
    let plain = Layer::defaults("h").finish().expect("it is whole");
    assert_eq!((plain.base_path.as_str(), plain.hosts.len()), ("", 0));
    for (key, value) in [
        ("ZHUCHAO_BASE_PATH", "/a b"),
        ("ZHUCHAO_BASE_PATH", "/a/../b"),
        ("ZHUCHAO_HOSTS", "http://x/"),
    ] {
        let layer = Layer::defaults("h").under(environment(&[(key, value)]).expect("text"));
        assert_eq!(
            codes(&layer.finish().expect_err(value)),
            [BAD_VALUE],
            "{value}"
        );
    }
    let odd = environment(&[("ZHUCHAO_FOOTER_COLOUR", "red")]).expect_err("no such slot");
    assert_eq!(codes(&odd), [UNKNOWN_VARIABLE]);
}
