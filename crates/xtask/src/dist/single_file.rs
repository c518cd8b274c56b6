//! The page as one HTML file. Everything is inside; its policy allows exactly its own script and style,
//! by their hashes, and no connection at all.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use crate::project::{self, Project};
use crate::ui::{Failure, Outcome};

/// The name of the file in `dist/`.
pub(crate) const NAME: &str = "pulldoctor.html";
/// The best that deflate can do; it is done once and read often.
const LEVEL: u8 = 10;

pub(crate) fn pack(project: &Project, dist: &Path) -> Outcome<()> {
    super::compile(project, "web", &[])?;
    let work = project.target.join("single-file");
    super::bind(project, "web", "no-modules", "web", &work)?;
    let page = Page {
        shell: project::read(&project.path("index.html"))?,
        style: project::read(&project.path("www/style.css"))?,
        glue: project::read(&work.join("web.js"))?,
        boot: project::read(&project.path("www/boot-single-file.js"))?,
        wasm: project::read_bytes(&work.join("web_bg.wasm"))?,
    };
    let html = page.pack()?;
    project::write(&dist.join(format!("{NAME}.sha256")), checksum(&html))?;
    project::write(&dist.join(NAME), html)
}

/// What `sha256sum --check` reads: whoever passes the file on can show that it is the one that was built.
fn checksum(html: &str) -> String {
    let digest = Sha256::digest(html.as_bytes());
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{hex}  {NAME}\n")
}

/// What goes into the file.
struct Page {
    /// `index.html`.
    shell: String,
    style: String,
    /// The JavaScript side of the module.
    glue: String,
    /// Unpacks the module and starts the page.
    boot: String,
    wasm: Vec<u8>,
}

impl Page {
    fn pack(&self) -> Outcome<String> {
        // One script: what is between the tags is hashed byte by byte.
        let script = format!("{}\n{}", self.glue, self.boot);
        for (what, text, end) in [("script", &script, "</script"), ("style sheet", &self.style, "</style")] {
            if text.to_ascii_lowercase().contains(end) {
                return Err(Failure::new(format!("the {what} contains {end}, which would end it early")));
            }
        }
        let policy = format!(
            "default-src 'none'; script-src 'sha256-{}' 'wasm-unsafe-eval'; style-src 'sha256-{}'; img-src data:; \
             connect-src 'none'; base-uri 'none'; form-action 'none'",
            sha256(&script),
            sha256(&self.style)
        );
        let packed = STANDARD.encode(miniz_oxide::deflate::compress_to_vec(&self.wasm, LEVEL));
        let wasm = format!("<script type=\"application/wasm;deflate;base64\" id=\"wasm\">{packed}</script>\n");
        let mut html = String::new();
        let mut placed = 0;
        for line in self.shell.lines() {
            if line.contains("data-trunk") || line.contains("<!--") {
                continue;
            }
            if line.contains("Content-Security-Policy") {
                html.push_str(&format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n"));
                placed += 1;
                continue;
            }
            match line.trim() {
                "</head>" => html.push_str(&format!("<style>{}</style>\n", self.style)),
                "</body>" => html.push_str(&format!("{wasm}<script>{script}</script>\n")),
                _ => placed -= 1,
            }
            placed += 1;
            html.push_str(line);
            html.push('\n');
        }
        if placed == 3 {
            Ok(html)
        } else {
            Err(Failure::new("index.html has no policy, </head> or </body> on a line of its own"))
        }
    }
}

/// The hash as a Content-Security-Policy spells it.
fn sha256(text: &str) -> String {
    STANDARD.encode(Sha256::digest(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::{Page, checksum};

    const SHELL: &str = "<head>\n<meta http-equiv=\"Content-Security-Policy\" content=\"x\">\n\
                         <link data-trunk rel=\"css\" href=\"a.css\">\n</head>\n<body>\n<p>shell</p>\n</body>\n";

    fn page(shell: &str, glue: &str) -> Page {
        let [shell, style, glue, boot] = [shell, "p{}", glue, "boot()"].map(str::to_owned);
        Page {
            shell,
            style,
            glue,
            boot,
            wasm: b"\0asm".to_vec(),
        }
    }

    #[test]
    fn nothing_is_loaded_and_what_is_inside_is_hashed() {
        let html = page(SHELL, "glue()").pack().unwrap();
        assert!(!html.contains("data-trunk") && !html.contains("src="));
        // sha256 of "p{}" and of "glue()\nboot()", by `openssl dgst -sha256 -binary | base64`.
        assert!(
            html.contains("style-src 'sha256-gG2yISYereRMiG2lMXrbiUgi0Ubw9p7QCeWcroOvy9Y='"),
            "{html}"
        );
        assert!(
            html.contains("script-src 'sha256-hHnL/BbRO5Znzk67v9gaDEb74Go054L7kRkWIApAcc4=' 'wasm-unsafe-eval'"),
            "{html}"
        );
        assert!(html.contains("<script>glue()\nboot()</script>"));
        assert!(html.contains("connect-src 'none'"));
    }

    #[test]
    fn a_script_that_would_end_its_element_is_refused() {
        assert!(page(SHELL, "'</SCRIPT>'").pack().is_err());
    }

    #[test]
    fn the_checksum_is_what_sha256sum_writes() {
        // `printf abc | sha256sum`.
        assert_eq!(
            checksum("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  pulldoctor.html\n"
        );
    }

    #[test]
    fn a_shell_without_a_policy_is_refused() {
        assert!(page("<head>\n</head>\n<body>\n</body>\n", "glue()").pack().is_err());
    }
}
