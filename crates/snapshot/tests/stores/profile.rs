//! Instance profiles.

use crate::case::load;
use evidence::{Input, Operation};
use snapshot::Snapshot;
use snapshot::ids::ArnText;

const OUTPUT: &str = r#"{"InstanceProfile": {"Path": "/", "InstanceProfileName": "ecsInstance", "InstanceProfileId": "AIPAEXAMPLEEXAMPLE123",
 "Arn": "arn:aws:iam::111122223333:instance-profile/ecsInstance", "CreateDate": "2026-01-01T00:00:00+00:00",
 "Roles": [{"Path": "/", "RoleName": "ecsInstanceRole", "RoleId": "AROAEXAMPLEEXAMPLE123",
  "Arn": "arn:aws:iam::111122223333:role/ecsInstanceRole", "CreateDate": "2026-01-01T00:00:00+00:00", "AssumeRolePolicyDocument": {}}]}}"#;

#[test]
fn a_profile_is_known_without_its_command_and_names_its_role() {
    let read = evidence::read(&[Input {
        name: "x",
        bytes: OUTPUT.as_bytes(),
    }]);
    let operations: Vec<_> = read.documents.iter().map(|document| document.operation).collect();
    assert_eq!(operations, [Some(Operation::IamGetInstanceProfile)]);
    let named = load(&[crate::case::output(
        "iam get-instance-profile instance-profile-name=ecsInstance",
        OUTPUT,
    )]);
    for snapshot in [Snapshot::load(&read), named] {
        let roles = snapshot.iam.profiles.iter().flat_map(|profile| &profile.value.roles);
        let roles: Vec<_> = roles.filter_map(|role| role.arn.clone()).collect();
        assert_eq!(roles, [ArnText::from("arn:aws:iam::111122223333:role/ecsInstanceRole")]);
    }
}
