//! Writes the healthy worlds as folders, for trying the command line by hand: `cargo run -p testkit --example write_world FOLDER`.
use testkit::world::{Egress, World};
fn main() {
    let folder = std::path::PathBuf::from(std::env::args().nth(1).expect("a folder"));
    let error = "ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR. Check your task network configuration. RequestError: send request failed caused by: Post \"https://api.ecr.us-east-1.amazonaws.com/\": dial tcp 44.213.79.104:443: i/o timeout";
    for (name, egress) in [("nat", Egress::Nat), ("public", Egress::PublicIp), ("endpoints", Egress::Endpoints)] {
        let folder = folder.join(name);
        std::fs::create_dir_all(&folder).expect("a folder");
        for (name, text) in World::new(egress, error).files() {
            std::fs::write(folder.join(name), text).expect("a file");
        }
    }
}
