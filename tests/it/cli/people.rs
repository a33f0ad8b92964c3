//! Accounts from the command line: the first administrators, the accounts of a demonstration, and who
//! may be served beyond this machine.

use tempfile::TempDir;

use super::{json, status, text, zhuchao};

/// Runs a verb with settings; what it says when it refuses.
fn refused_with(folder: &std::path::Path, args: &[&str], settings: &[(&str, &str)]) -> String {
    let mut command = zhuchao(folder, args);
    let output = command.envs(settings.iter().copied()).output();
    let output = output.expect("it starts");
    assert_eq!(status(&output), 1, "{args:?}: {}", text(&output.stdout));
    text(&output.stderr) + &text(&output.stdout)
}

#[test]
fn codes_for_the_three_administrators_are_printed_and_not_kept() {
    let folder = TempDir::new().expect("a folder");
    let here = folder.path();
    json(here, &["migrate"]);
    let codes = json(here, &["admin"])["codes"]
        .as_array()
        .expect("a list")
        .clone();
    let roles: Vec<&str> = codes.iter().filter_map(|c| c["role"].as_str()).collect();
    assert_eq!(roles, ["system_admin", "security_admin", "audit_admin"]);
    let again = json(here, &["admin"])["codes"]
        .as_array()
        .expect("a list")
        .clone();
    let stored = std::fs::read(here.join(".zhuchao/zhuchao.sqlite")).expect("a database");
    let stored = text(&stored);
    for code in codes.iter().chain(&again) {
        let code = code["code"].as_str().expect("a code");
        assert!(code.len() == 23 && !stored.contains(code), "{code}");
    }
    assert_ne!(codes, again);
}

#[test]
fn nobody_is_served_beyond_this_machine_without_a_proxy_and_somebody_to_sign_in() {
    let folder = TempDir::new().expect("a folder");
    let here = folder.path();
    json(here, &["migrate"]);
    let serve = ["serve", "--listen", "0.0.0.0:0"];
    let open = ("ZHUCHAO_OPEN_LISTEN", "true");
    let proxy = ("ZHUCHAO_TRUSTED_PROXIES", "10.0.0.5");
    for (settings, code) in [
        (&[][..], "CF104"),
        (&[proxy][..], "CF104"),
        (&[open][..], "CF105"),
        (&[open, proxy][..], "CL132"),
    ] {
        let said = refused_with(here, &serve, settings);
        assert!(said.contains(code), "{said}");
    }
    let demo = ["demo", "--home", "h", "--listen", "0.0.0.0:0"];
    let said = refused_with(here, &demo, &[open, proxy]);
    assert!(said.contains("CL141"), "{said}");
}

#[test]
fn demo_accounts_are_told_once_and_kept_for_their_owner_alone() {
    let folder = TempDir::new().expect("a folder");
    let here = folder.path();
    let demo = ["demo", "--once", "--home", "h", "--seconds", "0", "--json"];
    let run = || zhuchao(here, &demo).output().expect("it starts");
    let first = run();
    assert_eq!(status(&first), 0, "{}", text(&first.stderr));
    let file = here.join("h/demo-accounts.txt");
    let kept = std::fs::read_to_string(&file).expect("a file");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&file)
            .expect("there")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let lines: Vec<&str> = kept.lines().filter(|l| l.starts_with("demo-")).collect();
    assert!(lines.len() >= 11, "one per role and two firms: {kept}");
    let said = text(&first.stderr);
    let stored = text(&std::fs::read(here.join("h/zhuchao.sqlite")).expect("a database"));
    for line in &lines {
        let password = line.split_whitespace().last().expect("a password");
        assert!(password.len() > 20 && said.contains(password), "{line}");
        assert!(!stored.contains(password), "{line}");
        assert!(
            !text(&first.stdout).contains(password),
            "the result is clean"
        );
    }
    let second = text(&run().stderr);
    assert!(lines.iter().all(|line| !second.contains(*line)), "{second}");
    assert_eq!(std::fs::read_to_string(&file).expect("a file"), kept);
}
