/* The language of messages. Data never depend on it: LC_NUMERIC stays "C". */
#include "cli/cli-internal.h"

#include <limits.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"

static const char *variable(const char *name)
{
    const char *value = getenv(name);
    return value && *value ? value : NULL;
}

static bool is_c_locale(const char *locale)
{
    return strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0;
}

/* As gettext: LC_ALL, LC_MESSAGES or LANG, the first that is set, names the locale; LANGUAGE goes
 * before it unless that is C. LANGUAGE alone is obeyed, too. */
static const char *wanted_languages(void)
{
    const char *locale = variable("LC_ALL");
    if (!locale)
        locale = variable("LC_MESSAGES");
    if (!locale)
        locale = variable("LANG");
    const char *list = variable("LANGUAGE");
    if (list && (!locale || !is_c_locale(locale)))
        return list;
    return locale ? locale : "";
}

/* Whether `tag`, such as fr_ML.UTF-8, is of `language`. */
static bool is_language(struct mig_text tag, const char *language)
{
    size_t length = strlen(language);
    if (tag.length < length || memcmp(tag.data, language, length) != 0)
        return false;
    return tag.length == length || strchr("_.@", tag.data[length]) != NULL;
}

/* The first language of the list that the messages exist in decides. */
static bool wants_french(const char *list)
{
    struct mig_text rest = mig_text_of(list), tag;
    while (mig_text_cut(&rest, ':', &tag)) {
        if (is_language(tag, "fr"))
            return true;
        if (is_language(tag, "en"))
            return false;
    }
    return false;
}

static void bind_catalogue(void)
{
    char path[PATH_MAX] = "";
    bool found = mig_beside_program("locale", path, sizeof path);
#ifdef MIG_LOCALEDIR
    if (!found || access(path, F_OK) != 0)
        snprintf(path, sizeof path, "%s", MIG_LOCALEDIR);
#else
    (void)found;
#endif
    bindtextdomain(MIG_TEXT_DOMAIN, path);
    bind_textdomain_codeset(MIG_TEXT_DOMAIN, "UTF-8");
}

/* gettext translates in any locale but C and takes the language from LANGUAGE, so that C.UTF-8
 * serves where no French locale is installed. */
void mig_choose_language(const char *option)
{
    if (!wants_french(option ? option : wanted_languages()))
        return; /* the C locale serves, and need not be loaded */
    if (!setlocale(LC_CTYPE, "C.UTF-8")) /* what the system says is in French and UTF-8 as well */
        setlocale(LC_CTYPE, "");
    if (!setlocale(LC_MESSAGES, "C.UTF-8"))
        setlocale(LC_MESSAGES, "");
    setenv("LANGUAGE", "fr", 1);
    bind_catalogue();
}
