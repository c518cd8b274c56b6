//! A stand-in for the AWS CLI: answers from files, honours `--query` and both forms of `--output`, and keeps a log of what it was asked.

use jmespath::{Rcvar, Variable};
use serde_json::Value;
use std::path::Path;

/// The environment variable that makes this program the stand-in, and says where its answers lie.
pub(crate) const WORLD: &str = "PULLDOCTOR_STAND_IN_WORLD";

/// Answers one call as `aws` would: what it prints, where, and with which exit code.
pub(crate) fn run(world: &Path) -> i32 {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let log = world.join("calls.log");
    let before = std::fs::read_to_string(&log).unwrap_or_default();
    std::fs::write(&log, format!("{before}{}\n", words.join("\u{1f}"))).expect("the log can be written");
    let option = |name: &str| words.iter().position(|word| word == name).and_then(|at| words.get(at + 1)).cloned();
    let call = words.iter().take(2).cloned().collect::<Vec<_>>().join(" ");
    let Some(answer) = answer(world, &call, &words) else {
        eprintln!(
            "\nAn error occurred (AccessDenied) when calling the {} operation: User: arn:aws:iam::111122223333:user/\"support\" is not \\ authorized",
            operation(&call)
        );
        return 254;
    };
    if let Value::String(error) = &answer {
        eprintln!("{error}");
        return 254;
    }
    let answer = narrowed(answer, &words);
    let answer = match option("--query") {
        None => answer,
        Some(query) => queried(&answer, &query),
    };
    if option("--output").as_deref() == Some("text") {
        text(&answer);
    } else if !answer.is_null() {
        println!("{}", serde_json::to_string_pretty(&answer).expect("JSON is written"));
    }
    0
}

/// The answer of a call, by its options where there is one for them, else by its two words alone.
fn answer(world: &Path, call: &str, words: &[String]) -> Option<Value> {
    if call == "sts get-caller-identity" {
        return Some(
            serde_json::json!({"UserId": "AIDAEXAMPLE", "Account": "111122223333", "Arn": "arn:aws:iam::111122223333:user/support"}),
        );
    }
    let answers: Vec<(String, Value)> = serde_json::from_str(&std::fs::read_to_string(world.join("answers.json")).ok()?).ok()?;
    let fits = |command: &String| command.split_whitespace().all(|word| words.iter().any(|given| given == word));
    let of_call: Vec<_> = answers
        .into_iter()
        .filter(|(command, _)| command.starts_with(&format!("{call} ")) || command == call)
        .collect();
    let exact = of_call.iter().find(|(command, _)| fits(command)).cloned();
    let loose = of_call.into_iter().find(|(command, _)| !command.contains("ONLY"));
    exact.or(loose).map(|(_, answer)| answer)
}

/// The filters of network interfaces as Amazon EC2 reads them; the worlds hold no other filter that would leave something out.
fn narrowed(mut answer: Value, words: &[String]) -> Value {
    for (filter, member) in [("network-interface-id", "NetworkInterfaceId"), ("interface-type", "InterfaceType")] {
        let filter = format!("Name={filter},Values=");
        if let Some(wanted) = words.iter().find_map(|word| word.strip_prefix(&filter))
            && let Some(Value::Array(list)) = answer.get_mut("NetworkInterfaces")
        {
            list.retain(|interface| interface[member] == wanted);
        }
    }
    answer
}

fn queried(answer: &Value, query: &str) -> Value {
    let expression = jmespath::compile(query).unwrap_or_else(|error| panic!("{query}: {error}"));
    let data: Rcvar = Rcvar::new(Variable::from_json(&answer.to_string()).expect("JSON is read"));
    let found = expression.search(data).unwrap_or_else(|error| panic!("{query}: {error}"));
    serde_json::from_str(&serde_json::to_string(&*found).expect("JSON is written")).expect("JSON is read")
}

/// `--output text`: scalars of one list on one line with tabs, lists of lists line by line, nothing as `None`.
fn text(value: &Value) {
    match value {
        Value::Array(items) if items.iter().any(Value::is_array) => items.iter().for_each(text),
        Value::Array(items) => println!("{}", items.iter().map(scalar).collect::<Vec<_>>().join("\t")),
        other => println!("{}", scalar(other)),
    }
}

fn scalar(value: &Value) -> String {
    match value {
        Value::Null => "None".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// `DescribeSubnets` of `ec2 describe-subnets`.
fn operation(call: &str) -> String {
    let words = call.split(' ').nth(1).unwrap_or_default().split('-');
    words
        .map(|word| {
            word.chars()
                .take(1)
                .flat_map(char::to_uppercase)
                .chain(word.chars().skip(1))
                .collect::<String>()
        })
        .collect()
}
