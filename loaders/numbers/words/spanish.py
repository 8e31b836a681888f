"""Spanish number phrases. Alternatives are separated by a bar; accents do not matter."""

NUMBERS = {
    0: "cero",
    1: "un|una|uno|un solo|una sola",
    2: "dos|un par|par",
    3: "tres",
    4: "cuatro",
    5: "cinco",
    6: "seis",
    7: "siete",
    8: "ocho",
    9: "nueve",
    10: "diez",
    11: "once",
    12: "doce",
    13: "trece",
    14: "catorce",
    15: "quince",
    16: "dieciséis|diez y seis",
    17: "diecisiete|diez y siete",
    18: "dieciocho|diez y ocho",
    19: "diecinueve|diez y nueve",
    20: "veinte",
    21: "veintiuno|veintiún|veintiuna",
    22: "veintidós",
    23: "veintitrés",
    24: "veinticuatro",
    25: "veinticinco",
    26: "veintiséis",
    27: "veintisiete",
    28: "veintiocho",
    29: "veintinueve",
    30: "treinta",
    40: "cuarenta",
    50: "cincuenta",
    60: "sesenta",
    70: "setenta",
    80: "ochenta",
    90: "noventa",
    200: "doscientos|doscientas",
    300: "trescientos|trescientas",
    400: "cuatrocientos|cuatrocientas",
    500: "quinientos|quinientas",
    600: "seiscientos|seiscientas",
    700: "setecientos|setecientas",
    800: "ochocientos|ochocientas",
    900: "novecientos|novecientas",
}
SCALES = {
    12: "docena",
    100: "cien|ciento",
    10**3: "mil",
    10**6: "millón",
    10**9: "millardo|millardos",
    10**12: "billón",
}
PLURALS = {
    10: "decenas",
    12: "docenas",
    20: "veintenas",
    100: "cientos|centenares|centenas",
    10**3: "miles|millares",
    10**6: "millones",
    10**12: "billones",
}
LOOSE = {
    10: "decena",
    15: "quincena",
    20: "veintena",
    30: "treintena",
    40: "cuarentena",
    50: "cincuentena",
    100: "centenar|centena",
    10**3: "millar",
}
FRACTIONS = {"1/2": "medio|media|la mitad", "1/4": "cuarto|cuartos", "1/3": "tercio|tercios"}
PHRASES = {
    "either at_least": """al menos|por lo menos|como mínimo|cuando menos|cuanto menos
        |como poco|a lo menos|mínimo|al mínimo""",
    "before at_least": """no menos de|un mínimo de|mínimo de|nada menos que|no menos que
        |no son menos de|no bajan de|no baja de|mayor o igual a|desde""",
    "after at_least": """o más|y más|y contando|en adelante|para arriba|o incluso más
        |o superior|y subiendo""",
    "before more_than": """más de|más que|por encima de|por encima de los|por encima de las
        |supera|superan|supera los|superan los|supera las|superan las|superando|superior a
        |superiores a|superó|superó los|superaron los|sobrepasa|sobrepasan|sobrepasa los
        |rebasa|rebasa los|excede|exceden|por sobre|arriba de|mayor a|mayor que
        |bastante más de|mucho más de|+ de|más de los|más de las|ya supera|ya superan
        |superado|superado los|superado las|pasan de|pasa de|sobrepasan los|supera a
        |superior a los|superior a las""",
    "before more_than~": """algo más de|un poco más de|poco más de|ligeramente más de
        |apenas más de|ligeramente superior a|ligeramente por encima de""",
    "before at_most": """hasta|no más de|un máximo de|máximo de|no supera|no superan
        |no supera los|no superan los|sin superar|no excede|no exceden|no mayor a|no mayor de
        |no superior a|menor o igual a|llega a|llegan a|tantos como|tantas como|no pasa de
        |no pasan de|no sobrepasa|no rebasa|no exceden de|no excede de|hasta un máximo de
        |no superan las|no supera las""",
    "either at_most": """como máximo|a lo sumo|cuando mucho|como mucho|a lo más|máximo
        |al máximo""",
    "after at_most": "o menos|y menos|o inferior",
    "before less_than": """menos de|menos que|por debajo de|debajo de|inferior a|inferiores a
        |por debajo de los|menor a|menor que|bajo los|mucho menos de|bastante menos de
        |ni siquiera|menos de los|menos de las""",
    "before nearly": """casi|cerca de|cerca de los|casi los|próximo a|cercano a|rozando|roza
        |rozan|poco menos de|algo menos de|un poco menos de|ligeramente menos de|roza los
        |rozando los|rozan los|cercana a|cercanos a|cerca de las|casi unos|casi unas
        |prácticamente|al borde de|rondando casi|apenas menos de""",
    "before about": """unos|unas|alrededor de|en torno a|aproximado de|sobre|cosa de
        |estimado en|estimada en|estimados en|se estima en|se estiman en|un estimado de
        |aprox.|aprox|cerca a|una estimación de|rondan|ronda|ronda los|rondan los|rondando
        |en torno a los|en torno a las|alrededor de los|alrededor de las|del orden de
        |como unos|como unas|hacia|entorno a|rondan las|ronda las|se calcula en
        |se calcula que unos|se calcula que unas|un aproximado de|se estima que unos
        |se estima que unas|se estima que""",
    "either about": "aproximadamente|más o menos|aproximados|aproximadas|apróximadamente",
    "after about": "y pico|y tantos|y tantas|o así|poco más o menos|o algo así",
    "filler": """un total de|en total|total de|el|la|los|las|solo|sólo|solamente|otros|otras
        |exactamente|apenas|un saldo de|la cifra de|una cifra de|un grupo de|incluso|quizás
        |quizá|otro|otra|unos otros|el total de|tan solo|nuevos|nuevas|tal vez|posiblemente""",
    "and": "y|e",
    "or": "o|u|o incluso|o quizá|o quizás|o tal vez|y/o",
    "to": "a|al|hasta",
    "between": "entre|de entre|entre los|entre las",
    "from": "de|desde|que van de|va de|van de|van desde|de los",
    "of": "de|del",
    "article": "",
    "several": """varios|varias|algunos|algunas|unos pocos|unas pocas|unos cuantos
        |unas cuantas|un puñado|un puñado de|pocos|pocas|otros varios""",
    "zero": """ninguno|ninguna|ningún|nadie|nada|sin víctimas|sin heridos|sin muertos|no hubo
        |sin fallecidos|sin bajas|no se registran|no se registraron|no hay víctimas
        |no hay muertos|no hay heridos|no hay|sin decesos|ni uno|sin desplazados
        |no se reportan|no se reportaron|no se han registrado|no se han reportado""",
    "no": "sin|no hay",
    "datum": "dato|datos|cifra|cifras|información|estimación|estimaciones|detalles|registro",
    "unknown": """desconocido|desconocida|desconocidos|desconocidas|se desconoce
        |se desconocen|sin datos|sin información|sin cifras|no hay datos|no hay cifras
        |no hay información|no disponible|no disponibles|no se sabe|no se conoce|no consta
        |no especificado|no especificada|no aplica|no aplicable|no determinado|indeterminado
        |indeterminada|s/d|s.d.|n/d|n.d.|s/i|sin precisar|no precisado|no informado
        |no reportado|ningún dato|un número desconocido|un número indeterminado
        |una cantidad desconocida|no procede|sin determinar|sin especificar|no verificado
        |no confirmado|no está claro|no divulgado|ninguna información|ninguna cifra
        |un número no determinado|un número no especificado|no se ha determinado
        |no se ha confirmado|aún no se sabe|no publicado|incontables|sin cifra|no se dispone
        |no se tienen datos|por determinar|por definir|un número indeterminado de
        |un número desconocido de|innumerables|no se ha podido""",
    "unsure": """sin confirmar|por confirmar|sin verificar|pendiente|por verificar
        |en verificación|muchos|muchas|numerosos|numerosas|incierto|incierta|a confirmar
        |pendientes|en proceso de verificación""",
    "point": "coma|punto",
    "ratio": "de cada|por cada",
    "percent": "por ciento|porciento|por mil",
    "unit": """horas|hora|días|día|semanas|semana|meses|mes|minutos|kilómetros|kilómetro
        |metros|años|año|dólares|toneladas|hectáreas""",
    "label": "número|año|el año|página|de edad|n.º|artículo|fase|nivel",
    "change": """subió|aumentó|pasó|pasado|ascendió|elevó|aumentado|creció|bajó|disminuyó
        |pasaron|aumentaron|incrementó|reducido|se elevó""",
}
