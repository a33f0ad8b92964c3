//! Where lines break: between any two signs of Chinese, not within a word or number of Latin letters, never so that a line
//! begins with a closing mark or ends with an opening one (避头尾).
//!
//! Not here: where lines stand (`layout`).

/// Marks that may not begin a line.
const NOT_FIRST: &str = "，。、；：？！）》」』】〕〉”’…—·%,.;:?!)]}";
/// Marks that may not end a line.
const NOT_LAST: &str = "（《「『【〔〈“‘([{";

/// Pieces between which a line may break.
fn pieces(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut last: Option<char> = None;
    for sign in text.chars() {
        let joins = last.is_some_and(|before| together(before, sign));
        match all.last_mut().filter(|_| joins) {
            Some(piece) => piece.push(sign),
            None => all.push(sign.to_string()),
        }
        last = Some(sign);
    }
    all
}

/// True when no line may break between two signs.
fn together(before: char, sign: char) -> bool {
    let latin = |c: char| c.is_ascii_graphic();
    NOT_FIRST.contains(sign) || NOT_LAST.contains(before) || (latin(before) && latin(sign))
}

/// The lines of a text, each no wider than there is room; the first one may have less. `wide` gives the width of a sign.
pub fn lines(text: &str, (first, room): (f32, f32), wide: &dyn Fn(char) -> f32) -> Vec<String> {
    let measure = |piece: &str| piece.chars().map(wide).sum::<f32>();
    let mut all = vec![String::new()];
    let mut left = first;
    for piece in pieces(text) {
        let long = measure(&piece);
        if long <= left {
            left -= long;
            push(&mut all, &piece);
            continue;
        }
        if piece.trim().is_empty() {
            continue;
        }
        if long <= room {
            all.push(piece);
            left = room - long;
            continue;
        }
        // A piece wider than a line, such as a digest, is cut wherever the line ends.
        for sign in piece.chars() {
            let long = wide(sign);
            if long > left {
                all.push(String::new());
                left = room;
            }
            left -= long;
            push(&mut all, sign.encode_utf8(&mut [0; 4]));
        }
    }
    all
}

fn push(all: &mut [String], piece: &str) {
    if let Some(line) = all.last_mut() {
        line.push_str(piece);
    }
}

#[cfg(test)]
mod tests {
    use super::lines;

    fn cut(text: &str, room: f32) -> Vec<String> {
        lines(text, (room, room), &|c| {
            if c.is_ascii() { 0.5 } else { 1.0 }
        })
    }

    #[test]
    fn a_line_neither_begins_with_a_closing_mark_nor_ends_with_an_opening_one() {
        assert_eq!(cut("一二三四，五六", 4.0), ["一二三", "四，五六"]);
        assert_eq!(cut("一二三（四五）", 4.0), ["一二三", "（四五）"]);
    }

    #[test]
    fn a_word_stays_whole_unless_it_is_wider_than_a_line() {
        assert_eq!(cut("一二三 plan.json", 5.0), ["一二三 ", "plan.json"]);
        assert_eq!(cut("abcdefgh", 2.0), ["abcd", "efgh"]);
        assert_eq!(cut("", 2.0), [""]);
    }

    #[test]
    fn nothing_is_lost() {
        let text = "关于第一批创新型产业用房（R2026-1）配置结果的公示：共 61 户，详见 https://example.cn/a。";
        for room in [3.0, 7.5, 20.0] {
            let all: String = cut(text, room).concat();
            let bare = |t: &str| t.replace(' ', "");
            assert_eq!(bare(&all), bare(text));
        }
    }
}
