//! The Rust crate `cedar-policy`, to compare with.
//!
//!   cedar-peer oracle                 reads a case a line (JSON) and answers each with a line
//!   cedar-peer bench --case CASE… [--warm MS] [--time MS] [--results DIR]
//!                                     as `bylaw cedar bench`: the same folders, the same lines
//!   cedar-peer validate SCHEMA POLICIES   how long strict validation takes, in milliseconds

mod bench;
mod case;
mod count;
mod oracle;
mod tpe;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.first().map(String::as_str) {
        Some("oracle") => oracle::run(),
        Some("bench") => bench::run(&arguments[1..]),
        Some("validate") => bench::validate(&arguments[1], &arguments[2]),
        _ => {
            eprintln!("usage: cedar-peer oracle | bench --case CASE… | validate SCHEMA POLICIES");
            std::process::exit(2);
        }
    }
}
