#include "app/markdown/inline_html.h"

#include <QStringList>
#include <QUrl>
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#include <memory>

#include "app/markdown/parser_traps.h"

namespace altiplano {

namespace {

constexpr int kMaximumDepth = 64;  // deeper emphasis is shown without markup

/// Builds the two texts from the events of a walk over the tree; no recursion, however deep it is.
class InlineWriter {
public:
    void event(cmark_node* node, cmark_event_type type) {
        const bool entering = type == CMARK_EVENT_ENTER;
        if (node_is_leaf(node))
            leaf(node);
        else if (entering)
            enter(node);
        else
            leave();
    }
    InlineText take() { return std::move(m_text); }

private:
    static bool node_is_leaf(cmark_node* node) {
        switch (cmark_node_get_type(node)) {
            case CMARK_NODE_TEXT:
            case CMARK_NODE_SOFTBREAK:
            case CMARK_NODE_LINEBREAK:
            case CMARK_NODE_CODE:
            case CMARK_NODE_HTML_INLINE:
            case CMARK_NODE_CUSTOM_INLINE:
            case CMARK_NODE_FOOTNOTE_REFERENCE:
                return true;
            default:
                return false;
        }
    }

    void leaf(cmark_node* node) {
        const cmark_node_type type = cmark_node_get_type(node);
        if (type == CMARK_NODE_SOFTBREAK) {
            m_text.html += ' ';
            m_text.plain += ' ';
        } else if (type == CMARK_NODE_LINEBREAK) {
            m_text.html += QLatin1String("<br>");
            m_text.plain += '\n';
        } else {
            const QString literal = trapsRestored(cmark_node_get_literal(node));
            const QString escaped = literal.toHtmlEscaped();
            m_text.html += type == CMARK_NODE_CODE ? "<code>" + escaped + "</code>" : escaped;
            m_text.plain += literal;
        }
    }

    void enter(cmark_node* node) { m_endTags.append(m_endTags.size() < kMaximumDepth ? openTag(node) : QString()); }

    /// Writes the tag and returns the one that ends it; both empty where the node is shown as its text alone.
    QString openTag(cmark_node* node) {
        const cmark_node_type type = cmark_node_get_type(node);
        if (type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE)
            return openLink(node);
        QString name;
        if (type == CMARK_NODE_STRONG)
            name = "b";
        else if (type == CMARK_NODE_EMPH)
            name = "i";
        else if (qstrcmp(cmark_node_get_type_string(node), "strikethrough") == 0)  // the extension's own type
            name = "s";
        else
            return {};
        m_text.html += '<' + name + '>';
        return "</" + name + '>';
    }

    /// An image is a link with its description: nothing is ever fetched to show a message.
    QString openLink(cmark_node* node) {
        const QString address = trapsRestored(cmark_node_get_url(node));
        if (m_insideLink || !isSafeLink(address))
            return {};
        m_insideLink = true;
        m_text.html += QStringLiteral("<a href=\"%1\">").arg(address.toHtmlEscaped());
        if (cmark_node_get_type(node) == CMARK_NODE_IMAGE && !cmark_node_first_child(node)) {
            m_text.html += address.toHtmlEscaped();
            m_text.plain += address;
        }
        return QStringLiteral("</a>");
    }

    void leave() {
        const QString tag = m_endTags.takeLast();
        if (tag == QLatin1String("</a>"))
            m_insideLink = false;
        m_text.html += tag;
    }

    InlineText m_text;
    QStringList m_endTags;
    bool m_insideLink = false;
};

struct IteratorDelete {
    void operator()(cmark_iter* iterator) const noexcept { cmark_iter_free(iterator); }
};

}  // namespace

InlineText inlineText(cmark_node* block) {
    const std::unique_ptr<cmark_iter, IteratorDelete> iterator(cmark_iter_new(block));
    InlineWriter writer;
    for (cmark_event_type type; (type = cmark_iter_next(iterator.get())) != CMARK_EVENT_DONE;) {
        cmark_node* node = cmark_iter_get_node(iterator.get());
        if (node != block)
            writer.event(node, type);
    }
    return writer.take();
}

QString escapedLines(const QString& text) {
    QString html = text.toHtmlEscaped();
    html.replace('\t', QLatin1String("    "));
    html.replace(QLatin1String("  "), QStringLiteral("\u00a0 "));
    html.replace(QLatin1String("\n "), QStringLiteral("\n\u00a0"));
    html.replace('\n', QLatin1String("<br>"));
    if (html.startsWith(' '))
        html.replace(0, 1, QChar(0x00a0));
    return html;
}

bool isSafeLink(const QString& address) {
    const QUrl url(address, QUrl::StrictMode);
    const QString scheme = url.scheme().toLower();
    if (scheme == QLatin1String("mailto"))
        return !url.path().isEmpty();
    return (scheme == QLatin1String("http") || scheme == QLatin1String("https")) && !url.host().isEmpty();
}

}  // namespace altiplano
