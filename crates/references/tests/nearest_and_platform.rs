//! The likeliest existing name, and what needs which platform.

#![cfg(test)]

use references::*;

#[track_caller]
fn near(wanted: &str, existing: &[&str], text: &str, difference: Difference) {
    let found = nearest(wanted, existing.iter().copied()).expect(wanted);
    assert_eq!((found.text.as_str(), found.difference), (text, difference), "{wanted}");
}

#[test]
fn the_likeliest_first() {
    near("/prod/DB", &["/prod/dc", "/prod/db", "/dev/DB"], "/prod/db", Difference::Case);
    near("prod/db", &["/prod/dbx", "/prod/db"], "/prod/db", Difference::Slash);
    near("db", &["db-Ab12cD", "dc"], "db-Ab12cD", Difference::Suffix);
    near("db-Zz99zZ", &["db-Ab12cD", "db-Zz99zY"], "db-Zz99zY", Difference::Suffix);
    near("db_password", &["db-password"], "db-password", Difference::Separator);
    near("/prod/db", &["/staging/db", "/prod/app/x"], "/staging/db", Difference::Prefix);
    near("password", &["/prod/password"], "/prod/password", Difference::Prefix);
    near("databse", &["database", "databases"], "database", Difference::Edit(1));
    near("dtaabase", &["database"], "database", Difference::Edit(1));
    near("app", &["app"], "app", Difference::None);
    near(
        "/prod/app/db",
        &["/a/db", "/prod/api/db", "/z/db"],
        "/prod/api/db",
        Difference::Prefix,
    );
    // Of equally near ones the first by the alphabet, whatever their order.
    near("app1", &["app3", "app2"], "app2", Difference::Edit(1));
}

#[test]
fn arns_differ_in_one_field() {
    let arn = |region: &str, account: &str, name: &str| format!("arn:aws:secretsmanager:{region}:{account}:secret:{name}");
    let wanted = arn("us-east-1", "111122223333", "db-Ab12cD");
    near(
        &wanted,
        &[&arn("us-west-2", "111122223333", "db-Ab12cD")],
        &arn("us-west-2", "111122223333", "db-Ab12cD"),
        Difference::Region,
    );
    near(
        &wanted,
        &[&arn("us-east-1", "444455556666", "db-Ab12cD")],
        &arn("us-east-1", "444455556666", "db-Ab12cD"),
        Difference::Account,
    );
    near(
        &wanted,
        &[&arn("us-east-1", "111122223333", "db-Zz99zZ")],
        &arn("us-east-1", "111122223333", "db-Zz99zZ"),
        Difference::Suffix,
    );
}

#[test]
fn nothing_near() {
    assert_eq!(nearest("database", ["queue", "cache"]), None);
    assert_eq!(nearest("db", ["xy"]), None);
    assert_eq!(nearest("x", []), None);
}

#[test]
fn work_is_bounded() {
    let long = "a".repeat(100_000);
    let names: Vec<String> = (0..20_000).map(|n| format!("{}{n:05}", "a".repeat(495))).collect();
    assert_eq!(nearest(&long, names.iter().map(String::as_str)), None);
    assert!(nearest(&"b".repeat(500), names.iter().map(String::as_str)).is_none());
}

#[test]
fn platform_versions_within_their_family() {
    let linux = OperatingSystemFamily::parse("Linux").unwrap();
    let windows = OperatingSystemFamily::parse("WINDOWS_SERVER_2022_CORE").unwrap();
    assert_eq!(windows, OperatingSystemFamily::Windows { build: Some(20348) });
    assert_eq!(
        OperatingSystemFamily::parse("Windows_Server_2019_Full"),
        Some(OperatingSystemFamily::Windows { build: Some(17763) })
    );
    assert_eq!(OperatingSystemFamily::parse("BOTTLEROCKET"), None);
    let v = |text| PlatformVersion::parse(text).unwrap();
    assert_eq!(PlatformVersion::latest(linux), v("1.4.0"));
    assert_eq!(PlatformVersion::latest(windows), v("1.0.0"));
    assert_eq!(PlatformVersion::parse("LATEST"), None);
    let supports = |feature, family, version| fargate_supports(feature, family, v(version));
    assert_eq!(supports(Feature::Secrets, linux, "1.3.0"), Supported::Yes);
    assert_eq!(supports(Feature::Secrets, linux, "1.2.0"), Supported::No);
    assert_eq!(supports(Feature::SecretJsonKeyOrVersion, linux, "1.3.0"), Supported::No);
    assert_eq!(supports(Feature::SecretJsonKeyOrVersion, windows, "1.0.0"), Supported::Yes);
    assert_eq!(supports(Feature::PrivateRegistry, linux, "1.2.0"), Supported::Yes);
    assert_eq!(supports(Feature::EnvironmentFiles, linux, "1.3.0"), Supported::No);
    assert_eq!(supports(Feature::EnvironmentFiles, windows, "1.0.0"), Supported::No);
    let agent = |text| AgentVersion::parse(text).unwrap();
    assert!(agent("1.9.0") < agent("1.37.0"));
    assert_eq!(agent_supports(Feature::SecretJsonKeyOrVersion, agent("1.36.2")), Supported::No);
    assert_eq!(agent_supports(Feature::Ipv6OnlySubnet, agent("1.99.1")), Supported::Yes);
    assert_eq!(agent_supports(Feature::EfsVolume, agent("1.1.0")), Supported::Undocumented);
    assert_eq!(AgentVersion::parse("1.x.0"), None);
}

#[test]
fn manifests_for_the_task() {
    let linux = |cpu| RuntimePlatform {
        cpu,
        os: OperatingSystemFamily::Linux,
    };
    let (x86, arm) = (linux(CpuArchitecture::X86_64), linux(CpuArchitecture::Arm64));
    let platform = |text: &str| ImagePlatform::parse(text).expect(text);
    for (text, on_x86, on_arm) in [
        ("linux/amd64", PlatformMatch::Yes, PlatformMatch::No),
        ("linux/arm64", PlatformMatch::No, PlatformMatch::Yes),
        ("linux/arm64/v8", PlatformMatch::No, PlatformMatch::Yes),
        ("linux/arm/v7", PlatformMatch::No, PlatformMatch::Unknown),
        ("linux/386", PlatformMatch::Unknown, PlatformMatch::No),
        ("linux/s390x", PlatformMatch::No, PlatformMatch::No),
        ("windows/amd64", PlatformMatch::No, PlatformMatch::No),
        ("unknown/unknown", PlatformMatch::No, PlatformMatch::No),
    ] {
        assert_eq!(platform(text).serves(x86), on_x86, "{text}");
        assert_eq!(platform(text).serves(arm), on_arm, "{text}");
        assert_eq!(platform(text).to_string(), text);
    }
    assert!(platform("unknown/unknown").is_attestation());
    let windows = |family: &str| RuntimePlatform {
        cpu: CpuArchitecture::X86_64,
        os: OperatingSystemFamily::parse(family).unwrap(),
    };
    let image = |version: &str| ImagePlatform {
        os_version: Some(version.into()),
        ..platform("windows/amd64")
    };
    let (w19, w22, w25) = (
        windows("WINDOWS_SERVER_2019_CORE"),
        windows("WINDOWS_SERVER_2022_FULL"),
        windows("WINDOWS_SERVER_2025_CORE"),
    );
    assert_eq!(image("10.0.17763.5000").serves(w19), PlatformMatch::Yes);
    assert_eq!(image("10.0.20348.2113").serves(w19), PlatformMatch::No);
    assert_eq!(image("10.0.17763.5000").serves(w22), PlatformMatch::No);
    assert_eq!(image("10.0.20348.2113").serves(w25), PlatformMatch::Unknown);
    assert_eq!(platform("windows/amd64").serves(w22), PlatformMatch::Unknown);
    assert_eq!(platform("linux/amd64").serves(w22), PlatformMatch::No);
    assert_eq!(ImagePlatform::parse("linux"), None);
    assert_eq!(ImagePlatform::parse("linux/arm/v7/x"), None);
}
